import path from 'node:path'
import { sourceOfFile } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import { loadProject, resolveProject, SHIPPED_PROJECT } from './load-project.ts'
import type { Project, ResolvedProject } from './project.ts'
import { datasetName } from './dataset-name.ts'

/**
 * The project a start request means: a named one, or one made of a data file and its target column.
 * @throws PROJECT_INVALID, NOT_FOUND
 */
export async function projectOf(request: {
  project?: string
  data?: string | Project['data']
  target?: string
  configOverrides?: Record<string, unknown>
}): Promise<ResolvedProject> {
  const { project, data, target, configOverrides = {} } = request
  if (!data) return loadProject(project ?? SHIPPED_PROJECT, configOverrides)
  if (project) {
    const source = typeof data === 'string' ? await ownSourceAt(project, path.resolve(data)) : data
    return loadProject(project, { data: source, ...(target ? { target } : {}), ...configOverrides })
  }
  const source = { data: typeof data === 'string' ? sourceOfFile(path.resolve(data)) : data }
  const file = 'path' in source.data ? source.data.path : nameOf(source.data)
  if (!target) throw new AssayError('PROJECT_INVALID', { file, faults: 'data needs the name of its target column' })
  const name = datasetName(file)
  return resolveProject(
    { name, model: name, ...source, target, ...configOverrides },
    { folder: path.dirname(file), file },
  )
}

/** A project's own source in another place: how the file is written stays, and files beside it are looked for beside the new one. */
async function ownSourceAt(project: string, file: string): Promise<Project['data']> {
  const { data: own } = await loadProject(project)
  const source = sourceOfFile(file)
  if (own.kind !== 'csv' || source.kind !== 'csv') return source
  const moved = (beside: string) => path.resolve(path.dirname(file), path.relative(path.dirname(own.path), beside))
  const beside = own.beside && { beside: own.beside.map((other) => ({ ...other, path: moved(other.path) })) }
  return { ...own, path: file, ...beside }
}

const nameOf = (data: Project['data']) => (data.kind === 'dataset' ? `dataset-${data.id.slice(0, 8)}` : data.kind)

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
  const source = { data: typeof data === 'string' ? sourceOfFile(path.resolve(data)) : data }
  if (project) return loadProject(project, { ...source, ...(target ? { target } : {}), ...configOverrides })
  const file = 'path' in source.data ? source.data.path : source.data.kind
  if (!target) throw new AssayError('PROJECT_INVALID', { file, faults: 'data needs the name of its target column' })
  const name = datasetName(file)
  return resolveProject(
    { name, model: name, ...source, target, ...configOverrides },
    { folder: path.dirname(file), file },
  )
}

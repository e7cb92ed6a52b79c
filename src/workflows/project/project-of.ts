import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import { loadProject, resolveProject, SHIPPED_PROJECT } from './load-project.ts'
import type { ResolvedProject } from './project.ts'

/**
 * The project a start request means: a named one, or one made of a data file and its target column.
 * @throws PROJECT_INVALID, NOT_FOUND
 */
export async function projectOf(request: {
  project?: string
  data?: string
  target?: string
  configOverrides?: Record<string, unknown>
}): Promise<ResolvedProject> {
  const { project, data, target, configOverrides = {} } = request
  if (!data) return loadProject(project ?? SHIPPED_PROJECT, configOverrides)
  const file = path.resolve(data)
  const source = { data: { kind: 'csv', path: file } }
  if (project) return loadProject(project, { ...source, ...(target ? { target } : {}), ...configOverrides })
  if (!target)
    throw new AssayError('PROJECT_INVALID', { file: data, faults: 'a data file needs the name of its target column' })
  const name =
    path
      .basename(file)
      .replace(/\.[^]*$/, '')
      .replace(/[^a-zA-Z0-9_-]/g, '-')
      .slice(0, 50) || 'claims'
  return resolveProject(
    { name, model: name, ...source, target, ...configOverrides },
    { folder: path.dirname(file), file: data },
  )
}

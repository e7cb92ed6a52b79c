import fs from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { Value } from 'typebox/value'
import { parse } from 'yaml'
import { AssayError } from '../../errors/index.ts'
import { Project, SPLIT_PREFIX, type ResolvedProject } from './project.ts'
import { trainingFaults } from './training.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url))

/** The project that is there from the first start: denial of synthetic medical claims. */
export const SHIPPED_PROJECT = 'claims-denial'

/**
 * Reads a project's `assay.yaml` with the files it names.
 * @param directory folder of the project; a bare name means one of the examples
 * @param overrides settings that win over the file's, e.g. another data path
 * @throws NOT_FOUND, PROJECT_INVALID naming each key, its value and what is allowed
 */
export async function loadProject(
  directory: string,
  overrides: Record<string, unknown> = {},
): Promise<ResolvedProject> {
  const folder = /^[a-zA-Z0-9_-]+$/.test(directory) ? path.join(EXAMPLES, directory) : path.resolve(directory)
  const file = path.join(folder, 'assay.yaml')
  const text = await fs.readFile(file, 'utf8').catch(() => {
    throw new AssayError('NOT_FOUND', { what: 'Project', id: file })
  })
  let document: unknown
  try {
    document = parse(text)
  } catch (error) {
    throw new AssayError('PROJECT_INVALID', { file, faults: (error as Error).message })
  }
  return resolveProject({ ...(document as object), ...overrides }, { folder, file })
}

/** Checks a project and takes in the files it names. */
export async function resolveProject(
  given: Record<string, unknown>,
  { folder, file }: { folder: string; file: string },
): Promise<ResolvedProject> {
  const project = Value.Default(Project, structuredClone(given))
  if (!Value.Check(Project, project)) {
    const faults = Value.Errors(Project, project).map((error) => `${error.instancePath || '/'} ${error.message}`)
    throw new AssayError('PROJECT_INVALID', { file, faults: [...new Set(faults)].join('; ') })
  }
  const faults = [
    ...trainingFaults(project.training),
    ...decisionFaults(project.decision),
    ...splitFaults(project),
    ...foldsFaults(project),
  ]
  if (faults.length > 0) throw new AssayError('PROJECT_INVALID', { file, faults: faults.join('; ') })
  const resolved: ResolvedProject = { ...project }
  const at = (name: string) => path.resolve(folder, name)
  if (project.contract) {
    resolved.contractYaml = await fs.readFile(at(project.contract), 'utf8').catch(() => {
      throw new AssayError('NOT_FOUND', { what: 'Contract', id: at(project.contract!) })
    })
  }
  resolved.data = withAbsolutePaths(project.data, at)
  if (project.folds && !project.folds.startsWith(SPLIT_PREFIX)) resolved.foldsPath = at(project.folds)
  return resolved
}

/** Where a project's data lies, wherever it is read from later. */
function withAbsolutePaths(data: Project['data'], at: (name: string) => string): Project['data'] {
  if (!('path' in data)) return data
  const moved = { ...data, path: at(data.path) }
  if (!('beside' in moved) || !moved.beside) return moved
  return { ...moved, beside: moved.beside.map((file) => ({ ...file, path: at(file.path) })) }
}

function foldsFaults({ data, folds }: Project): string[] {
  return folds?.startsWith(SPLIT_PREFIX) && data.kind !== 'dataset'
    ? [`/folds is ${folds}; a named split belongs to a dataset version, and /data is no such version`]
    : []
}

function splitFaults({ training, time }: Project): string[] {
  return training.split === 'time' && time === undefined
    ? ['/time is missing; /training/split time needs the column with the time of a claim']
    : []
}

function decisionFaults({ threshold, costs }: Project['decision']): string[] {
  return threshold === 'lowest-cost' && !costs
    ? [
        '/decision/costs is missing; /decision/threshold lowest-cost needs what a false positive and a false negative cost',
      ]
    : []
}

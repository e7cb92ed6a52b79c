import path from 'node:path'
import { loadProject } from '../../src/workflows/project/index.ts'
import type { Expectation, Kind } from './expectation.ts'

/** Body of `POST /pipeline/start`. */
export type StartRequest = {
  project?: string
  data?: string
  target?: string
  configOverrides?: Record<string, unknown>
}

/** How a run is started: as the example configures it, on the file under `dataRoot`; or bare, with the file and its target alone. */
export async function requestOf(
  name: string,
  kind: Kind,
  { expectation, dataRoot }: { expectation: Expectation; dataRoot: string },
): Promise<StartRequest> {
  const at = (file: string) => path.resolve(dataRoot, file)
  if (kind === 'bare') return { data: at(expectation.data), target: expectation.target }
  const { data } = await loadProject(name)
  const folds = expectation.folds && { folds: at(expectation.folds) }
  return { project: name, configOverrides: { data: { ...data, path: at(expectation.data) }, ...folds } }
}

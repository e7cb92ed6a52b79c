import path from 'node:path'
import type { Expectation, Kind } from './expectation.ts'

/** Body of `POST /pipeline/start`. */
export type StartRequest = {
  project?: string
  data?: string
  target?: string
  configOverrides?: Record<string, unknown>
}

/** How a run is started, as by `assay demo`: with the example and its file under `dataRoot`, or bare, with the file and its target alone. */
export function requestOf(
  name: string,
  kind: Kind,
  { expectation, dataRoot }: { expectation: Expectation; dataRoot: string },
): StartRequest {
  const at = (file: string) => path.resolve(dataRoot, file)
  const { folds, target } = expectation
  const data = at(expectation.data)
  if (kind === 'bare') return { data, target }
  return { project: name, data, configOverrides: folds ? { folds: at(folds) } : {} }
}

import { AssayError } from '../errors/index.ts'
import type { LoadedVersion } from './loaded-version.ts'
import { inSlices } from './slices.ts'
import { FaultList, MAX_ROWS, PredictionInputError, type InputRow } from './validation.ts'

/** The inputs of a request as a list. @throws NUMBER_OF_INPUTS for none or more than 10,000 */
export function inputList(inputs: unknown): unknown[] {
  const list = Array.isArray(inputs) ? inputs : [inputs]
  if (list.length === 0 || list.length > MAX_ROWS)
    throw new AssayError('NUMBER_OF_INPUTS', { nRows: list.length, maxRows: MAX_ROWS })
  return list
}

/** What a version makes of the inputs of a request, row by row. */
export type ScoredInputs = {
  rows: InputRow[]
  scores: Float64Array
  /** time that scoring took, without the turns it gave to others */
  latencyUs: number
}

/** Checks every input, then scores them. @throws PredictionInputError with the faults of all of them */
export async function scoreInputs(loaded: LoadedVersion, inputs: unknown[]): Promise<ScoredInputs> {
  const faults = new FaultList()
  const rows: InputRow[] = []
  const checking = inSlices(inputs.length, (from, to) => {
    for (let i = from; i < to; i++) rows.push(loaded.validator.validate(inputs[i], i, faults))
  })
  if (checking) await checking
  if (faults.nFaults > 0) throw new PredictionInputError(loaded.model, faults.nFaults, faults.faults)

  const scores = new Float64Array(rows.length)
  let spentMs = 0
  const scoring = inSlices(rows.length, (from, to) => {
    const startedMs = performance.now()
    scores.set(loaded.score(from === 0 && to === rows.length ? rows : rows.slice(from, to)), from)
    spentMs += performance.now() - startedMs
  })
  if (scoring) await scoring
  return { rows, scores, latencyUs: Math.round(1000 * spentMs) }
}

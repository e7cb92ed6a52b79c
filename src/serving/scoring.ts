import { hash } from 'node:crypto'
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

/** Every input as a validated row. @throws PredictionInputError with the faults of all of them */
export async function checkInputs(loaded: LoadedVersion, inputs: unknown[]): Promise<InputRow[]> {
  const faults = new FaultList()
  const rows: InputRow[] = []
  await inSlices(inputs.length, (from, to) => {
    for (let i = from; i < to; i++) rows.push(loaded.validator.validate(inputs[i], i, faults))
  })
  if (faults.nFaults > 0) throw new PredictionInputError(loaded.model, faults.nFaults, faults.faults)
  return rows
}

/** Scores of all rows, and the time that scoring took without the turns it gave to others. */
export async function scoreRows(
  loaded: LoadedVersion,
  rows: InputRow[],
): Promise<{ scores: Float64Array; latencyUs: number }> {
  const scores = new Float64Array(rows.length)
  let spentMs = 0
  await inSlices(rows.length, (from, to) => {
    const startedMs = performance.now()
    scores.set(loaded.score(rows.slice(from, to)), from)
    spentMs += performance.now() - startedMs
  })
  return { scores, latencyUs: Math.round(1000 * spentMs) }
}

/** Canonical JSON of each row and its SHA-256 in hex. */
export async function digestRows(
  loaded: LoadedVersion,
  rows: InputRow[],
): Promise<{ input: string; inputDigest: string }[]> {
  const digested: { input: string; inputDigest: string }[] = []
  await inSlices(rows.length, (from, to) => {
    for (let i = from; i < to; i++) {
      const input = loaded.inputJson(rows[i])
      digested.push({ input, inputDigest: hash('sha256', input) })
    }
  })
  return digested
}

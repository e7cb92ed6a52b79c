import { takeRows, type AnyModel, type Table } from '../learn/index.ts'
import { takeTurn, type ExplainHooks } from './hooks.ts'

/** Rows that are scored between two turns of the event loop. */
const TURN_ROWS = 8192

/**
 * What a model foretells of all rows, as `predict` does at once, bit for bit; the event loop turns before every 8,192 rows, and the
 * signal is looked at.
 * @throws EXPLANATION_CANCELLED, and what `predict` throws
 */
export async function predictInTurns(
  model: Pick<AnyModel, 'predict'>,
  table: Table,
  hooks: ExplainHooks,
): Promise<Float64Array> {
  const { nRows } = table
  let scores = new Float64Array()
  for (let begin = 0; begin === 0 || begin < nRows; begin += TURN_ROWS) {
    await takeTurn(hooks)
    if (nRows <= TURN_ROWS) return model.predict(table)
    const rows = Int32Array.from({ length: Math.min(TURN_ROWS, nRows - begin) }, (_, i) => begin + i)
    const part = model.predict(takeRows(table, rows))
    const width = part.length / rows.length
    if (begin === 0) scores = new Float64Array(width * nRows)
    scores.set(part, begin * width)
  }
  return scores
}

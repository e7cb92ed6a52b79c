import { AssayError } from '../errors/index.ts'
import type { AnyModel, Table } from '../learn/index.ts'
import type { ExplainHooks } from './hooks.ts'
import { predictInTurns } from './predict-in-turns.ts'

/**
 * The place of a class among those of a model, 0 for a model without several.
 * @param name of a model of several classes one of them, else nothing
 * @throws CLASS_UNKNOWN
 */
export function classAtHand(model: AnyModel, name: string | undefined): number {
  if (model.task !== 'multiclass') {
    if (name === undefined) return 0
    const reason = `${JSON.stringify(name)} was named for a model without several classes`
    throw new AssayError('CLASS_UNKNOWN', { reason, wanted: 'none' })
  }
  const k = name === undefined ? -1 : model.classes.indexOf(name)
  if (k >= 0) return k
  const reason = name === undefined ? 'none was named' : `there is no ${JSON.stringify(name)}`
  throw new AssayError('CLASS_UNKNOWN', { reason, wanted: `one of ${model.classes.join(', ')}` })
}

/**
 * What a model foretells for each row, shape (nRows,): of several classes the probability of class k. The event loop turns.
 * @throws EXPLANATION_CANCELLED, and as `predict`
 */
export async function scoresAtHand(
  model: AnyModel,
  table: Table,
  k: number,
  hooks: ExplainHooks,
): Promise<Float64Array> {
  const scores = await predictInTurns(model, table, hooks)
  if (model.task !== 'multiclass') return scores
  const nClasses = model.classes.length
  return Float64Array.from({ length: table.nRows }, (_, row) => scores[row * nClasses + k])
}

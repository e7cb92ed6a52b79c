import { takeRows } from '../../learn/index.ts'
import { countInto, referenceBins, type Bins } from '../../stats/index.ts'
import type { SplitSet } from './learning-set.ts'

/** What drift is measured against, per feature and for the score. */
export type DriftReference = { name: string; bins: Bins; counts: number[] }[]

/**
 * Features as they were in training, and scores as they were on the hold-out: a model is surer of the rows that it was fitted
 * on, and against those scores the first live claims would already look drifted.
 * @param score scores of the hold-out, shape (nTest,)
 */
export function driftReference(set: Pick<SplitSet, 'table' | 'train'>, score: Float64Array): DriftReference {
  const { columns } = takeRows(set.table, set.train)
  return [...columns, { kind: 'number' as const, name: 'score', values: score }].map((column) => {
    const bins = referenceBins(column)
    return { name: column.name, bins, counts: [...countInto(bins, column)] }
  })
}

import type { Bins } from '../stats/index.ts'

/** A column as it is counted: bins and how many slots their counts have (with those for missing and unseen). */
export type CountedColumn = { name: string; bins: Bins; nSlots: number }

/**
 * How a version's predictions are counted: on the bins of its own reference. Counts of all columns lie end to end in one
 * vector, the features in this order and the score last; vectors of equal `digest` are merged by adding them up.
 */
export type CountLayout = { digest: string; features: CountedColumn[]; score: CountedColumn }

/** Slots of the whole vector. */
export function nSlotsOf(layout: CountLayout): number {
  return layout.features.reduce((sum, column) => sum + column.nSlots, layout.score.nSlots)
}

/** The part of a vector that belongs to each column, the score last. Views for a typed array. */
export function splitCounts(layout: CountLayout, vector: Float64Array): Float64Array[] {
  let from = 0
  return [...layout.features, layout.score].map(({ nSlots }) => vector.subarray(from, (from += nSlots)))
}

import { nSlots, type Bins } from '../stats/index.ts'

/** A column and the bins it is counted on. */
export type CountedColumn = { name: string; bins: Bins }

/**
 * How a version's predictions are counted: on the bins of its own reference. Counts of all columns lie end to end in one
 * vector, the features in this order and the score last; vectors of equal `digest` are merged by adding them up.
 */
export type CountLayout = { digest: string; features: CountedColumn[]; score: CountedColumn }

/** Slots of the whole vector, those for missing and unseen values included. */
export function layoutSlots(layout: CountLayout): number {
  return layout.features.reduce((sum, column) => sum + nSlots(column.bins), nSlots(layout.score.bins))
}

/** The part of a vector that belongs to each column, the score last. Views for a typed array. */
export function splitCounts(layout: CountLayout, vector: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer>[] {
  let from = 0
  return [...layout.features, layout.score].map(({ bins }) => vector.subarray(from, (from += nSlots(bins))))
}

/** Rows with their weights, without those held out. */
export type BaseRows = { y: Float64Array; weights?: Float64Array; held?: Uint8Array }

/** The mean of y by weight. */
export function weightedMean({ y, weights, held }: BaseRows): number {
  let sum = 0
  let total = 0
  for (let row = 0; row < y.length; row++) {
    if (held?.[row]) continue
    const weight = weights?.[row] ?? 1
    sum += weight * y[row]
    total += weight
  }
  return sum / total
}

/**
 * The median of y by weight: the number with half of the weight on either side, the middle of two such. A row of weight 2 counts
 * as two. O(n log n).
 */
export function weightedMedian({ y, weights, held }: BaseRows): number {
  const rows = Int32Array.from(y.keys()).filter((row) => !held?.[row])
  const order = rows.sort((a, b) => y[a] - y[b])
  const weightOf = (row: number): number => weights?.[row] ?? 1
  const half = order.reduce((sum, row) => sum + weightOf(row), 0) / 2
  let below = 0
  for (let i = 0; i < order.length; i++) {
    below += weightOf(order[i])
    if (below > half || i === order.length - 1) return y[order[i]]
    if (below === half) return (y[order[i]] + y[order[i + 1]]) / 2
  }
  return NaN
}

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

/** Rows are drawn in proportion to their weights, as often as there are rows: how often the heaviest is expected. O(n). */
export function mostTimesDrawn(weights: Float64Array): number {
  let sum = 0
  let largest = 0
  for (const weight of weights) {
    sum += weight
    largest = Math.max(largest, weight)
  }
  return (largest / sum) * weights.length
}

/**
 * Table by which a row is drawn in proportion to its weight from two random words (Walker 1977; built as Vose 1991 does): row i
 * of evenly drawn ones stays when the second word is below its threshold, else its alias is taken.
 * @param weights shape (n,), above 0
 * @returns two u32 a row: threshold, exact to 2^-32, and alias. O(n).
 */
export function aliasTable(weights: Float64Array): Uint32Array {
  const n = weights.length
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const table = new Uint32Array(2 * n)
  const shares = Float64Array.from(weights, (weight) => (weight / sum) * n)
  const small: number[] = []
  const large: number[] = []
  shares.forEach((share, row) => (share < 1 ? small : large).push(row))
  while (small.length > 0 && large.length > 0) {
    const row = small.pop()!
    const donor = large[large.length - 1]
    table[2 * row] = Math.min(2 ** 32 - 1, Math.round(shares[row] * 2 ** 32))
    table[2 * row + 1] = donor
    shares[donor] -= 1 - shares[row]
    if (shares[donor] < 1) small.push(large.pop()!)
  }
  for (const row of [...small, ...large]) table.set([2 ** 32 - 1, row], 2 * row)
  return table
}

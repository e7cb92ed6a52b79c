/**
 * Quantile that needs no interpolation and takes weights: the smallest value with at least the share p of the weight at or
 * below it; the mean of that and the next where the share is met exactly. So p = 0.5 is the usual median, and a value of
 * weight 2 counts as two.
 *
 * Source: Hyndman & Fan (1996), The American Statistician 50(4), definition 2.
 * @param values  shape (n,), without NaN, in any order; overwritten with another order when there are no weights
 * @param weights above 0, shape (n,); absent: 1 each
 * @param p       in [0, 1]
 * @returns NaN when n = 0. O(n) without weights, else O(n log n).
 */
export function quantile(values: Float64Array, weights: Float64Array | undefined, p: number): number {
  return weights ? weightedQuantile(values, weights, p) : plainQuantile(values, p)
}

function plainQuantile(values: Float64Array, p: number): number {
  const n = values.length
  if (n === 0) return NaN
  const place = Math.min(Math.max(Math.ceil(p * n) - 1, 0), n - 1)
  const value = selectNth(values, place)
  if (place + 1 !== p * n || place + 1 === n) return value
  let next = Infinity
  for (let i = place + 1; i < n; i++) if (values[i] < next) next = values[i]
  return value / 2 + next / 2
}

function weightedQuantile(values: Float64Array, weights: Float64Array, p: number): number {
  const rows = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b])
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let below = 0
  for (let k = 0; k < rows.length; k++) {
    below += weights[rows[k]]
    // Equal up to the rounding of the sum.
    const isExact = Math.abs(below - p * total) <= 1e-12 * total
    if (isExact && k + 1 < rows.length) return values[rows[k]] / 2 + values[rows[k + 1]] / 2
    if (isExact || below > p * total) return values[rows[k]]
  }
  return rows.length > 0 ? values[rows[rows.length - 1]] : NaN
}

/**
 * The value that stands at a place in ascending order; afterwards no value before that place is greater and none behind it
 * is less (Hoare's selection, pivots drawn by a fixed generator, so no order of the data is bad for it). O(n) on average.
 */
function selectNth(values: Float64Array, place: number): number {
  let [low, high, state] = [0, values.length - 1, 1]
  while (low < high) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const pivot = values[low + Math.floor((state / 2 ** 32) * (high - low + 1))]
    let [i, j] = [low, high]
    while (i <= j) {
      while (values[i] < pivot) i++
      while (values[j] > pivot) j--
      if (i > j) break
      const value = values[i]
      values[i++] = values[j]
      values[j--] = value
    }
    if (place <= j) high = j
    else if (place >= i) low = i
    else break
  }
  return values[place]
}

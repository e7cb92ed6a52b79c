/** A step-free increasing curve: between knots it is straight, outside it is flat. */
export type IsotonicCalibration = {
  kind: 'isotonic'
  /** Ascending, each once. */
  score: Float64Array
  /** Not descending, in [0, 1]; as long as `score`. */
  value: Float64Array
}

/**
 * The increasing function of the score with the least squared error (pool adjacent violators), rows of one score together.
 * Knots are the ends of its flat parts, with straight lines between, as scikit-learn's `IsotonicRegression`.
 *
 * It never reverses an order but makes ties: all scores of a flat part become equal. It needs some thousand rows, and gives
 * exactly 0 and 1 at ends without any of the other class.
 *
 * Source: Zadrozny & Elkan (2002), KDD. Golden: test/golden/calibration.
 * O(n log n) time.
 */
export function fitIsotonic(y: Uint8Array, score: Float64Array): IsotonicCalibration {
  const rows = Int32Array.from(y.keys()).sort((a, b) => score[a] - score[b])
  const blocks: Block[] = []
  for (const row of rows) {
    const last = blocks.at(-1)
    if (last && last.high === score[row]) merge(last, { low: score[row], high: score[row], sum: y[row], n: 1 })
    else {
      // A block is complete when the next score begins; only then may it be pooled with those before.
      pool(blocks)
      blocks.push({ low: score[row], high: score[row], sum: y[row], n: 1 })
    }
  }
  pool(blocks)
  const knots = blocks.flatMap(({ low, high, sum, n }) =>
    low === high
      ? [[low, sum / n]]
      : [
          [low, sum / n],
          [high, sum / n],
        ],
  )
  return {
    kind: 'isotonic',
    score: Float64Array.from(knots, ([at]) => at),
    value: Float64Array.from(knots, ([, value]) => value),
  }
}

/** The curve at a score. O(log knots). */
export function applyIsotonic({ score: knots, value }: IsotonicCalibration, score: number): number {
  let [low, high] = [0, knots.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (knots[middle] < score) low = middle + 1
    else high = middle
  }
  if (low === knots.length) return value[low - 1]
  if (low === 0 || knots[low] === score) return value[low]
  const part = (score - knots[low - 1]) / (knots[low] - knots[low - 1])
  // Rounding must not carry it past the next knot.
  return Math.min(value[low - 1] + part * (value[low] - value[low - 1]), value[low])
}

/** Rows of neighbouring scores that get one value: the mean of their labels. */
type Block = { low: number; high: number; sum: number; n: number }

/** Joins the last blocks as long as one lies below the one before it. */
function pool(blocks: Block[]): void {
  while (blocks.length > 1) {
    const [before, last] = blocks.slice(-2)
    // Compared as products of whole numbers, so that equal means are found equal.
    if (before.sum * last.n < last.sum * before.n) return
    blocks.pop()
    merge(before, last)
  }
}

function merge(into: Block, block: Block): void {
  into.high = block.high
  into.sum += block.sum
  into.n += block.n
}

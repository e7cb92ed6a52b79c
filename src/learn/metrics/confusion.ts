import { checkLabelsAndScores } from './check-input.ts'

/** How many rows fell where. Positive means flagged: the score is at or above the threshold. */
export type Confusion = {
  truePositives: number
  falsePositives: number
  falseNegatives: number
  trueNegatives: number
}

/**
 * Counts labels against decisions; a row is flagged when `score >= threshold`.
 * @param y         labels 0 or 1, shape (n,)
 * @param score     shape (n,)
 * @param threshold a score equal to it is flagged; NaN flags nothing
 * O(n) time.
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function confusion(y: Uint8Array, score: Float64Array, threshold: number): Confusion {
  checkLabelsAndScores(y, score)
  const cells = [0, 0, 0, 0]
  for (let row = 0; row < y.length; row++) cells[cellOf(y[row], score[row] >= threshold)]++
  return namedCells(cells)
}

/** Counted form of `confusion`: the cell of each row is found once. */
export function countedConfusion(
  y: Uint8Array,
  score: Float64Array,
  threshold: number,
): (counts: Int32Array) => Confusion {
  checkLabelsAndScores(y, score)
  const cell = y.map((label, row) => cellOf(label, score[row] >= threshold))
  return (counts) => {
    const cells = [0, 0, 0, 0]
    for (let row = 0; row < cell.length; row++) cells[cell[row]] += counts[row]
    return namedCells(cells)
  }
}

function cellOf(label: number, isFlagged: boolean): number {
  return label * 2 + (isFlagged ? 1 : 0)
}

function namedCells([trueNegatives, falsePositives, falseNegatives, truePositives]: number[]): Confusion {
  return { truePositives, falsePositives, falseNegatives, trueNegatives }
}

import type { StepCounts } from './step-counts.ts'
import { thinOut } from './thin-out.ts'

export type RocCurve = { falsePositiveRate: number[]; truePositiveRate: number[]; threshold: number[] }

/**
 * Receiver operating characteristic: share of negatives against share of positives flagged, as the threshold falls.
 *
 * It begins at (0, 0), where nothing is flagged; the threshold there is the highest score plus 1, since JSON has no
 * infinity. It ends at (1, 1) with the lowest score. Points between are spread evenly along the curve. Golden:
 * test/golden/curves (scikit-learn `roc_curve`).
 * @returns at most `nPoints` points; none where a class is absent
 */
export function rocCurve(steps: StepCounts, nPoints: number): RocCurve {
  const { nPositive, nNegative, threshold, truePositives, falsePositives } = steps
  if (nPositive === 0 || nNegative === 0) return { falsePositiveRate: [], truePositiveRate: [], threshold: [] }
  const along = threshold.map((_, k) => truePositives[k] / nPositive + falsePositives[k] / nNegative)
  const kept = thinOut(Float64Array.of(0, ...along), nPoints).slice(1)
  return {
    falsePositiveRate: [0, ...kept.map((k) => falsePositives[k - 1] / nNegative)],
    truePositiveRate: [0, ...kept.map((k) => truePositives[k - 1] / nPositive)],
    threshold: [threshold[0] + 1, ...kept.map((k) => threshold[k - 1])],
  }
}

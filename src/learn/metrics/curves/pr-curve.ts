import type { StepCounts } from './step-counts.ts'
import { thinOut } from './thin-out.ts'

export type PrCurve = { recall: number[]; precision: number[]; threshold: number[] }

/**
 * Precision against recall as the threshold falls. It begins with the highest score and ends where everything is flagged:
 * recall 1, precision the rate of positives. The invented point (recall 0, precision 1) of other libraries is left out: no
 * threshold gives it. Points between are spread evenly over recall. Golden: test/golden/curves (scikit-learn
 * `precision_recall_curve`).
 * @returns at most `nPoints` points; none where a class is absent
 */
export function prCurve(steps: StepCounts, nPoints: number): PrCurve {
  const { nPositive, nNegative, threshold, truePositives, falsePositives } = steps
  if (nPositive === 0 || nNegative === 0) return { recall: [], precision: [], threshold: [] }
  const kept = thinOut(truePositives, nPoints)
  return {
    recall: kept.map((k) => truePositives[k] / nPositive),
    precision: kept.map((k) => truePositives[k] / (truePositives[k] + falsePositives[k])),
    threshold: kept.map((k) => threshold[k]),
  }
}

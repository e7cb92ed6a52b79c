import type { Confusion } from '../confusion.ts'
import type { StepCounts } from './step-counts.ts'

const STEPS = 100

export type ThresholdCounts = Confusion & { threshold: number }

/** The confusion cells at the thresholds 0, 0.01 … 1, for a slider; a row is flagged when its score is at or above. */
export function thresholdCounts(steps: StepCounts): ThresholdCounts[] {
  const { nPositive, nNegative } = steps
  let k = steps.threshold.length - 1
  return Array.from({ length: STEPS + 1 }, (_, i) => {
    const threshold = i / STEPS
    while (k >= 0 && steps.threshold[k] < threshold) k--
    const truePositives = k >= 0 ? steps.truePositives[k] : 0
    const falsePositives = k >= 0 ? steps.falsePositives[k] : 0
    return {
      threshold,
      truePositives,
      falsePositives,
      falseNegatives: nPositive - truePositives,
      trueNegatives: nNegative - falsePositives,
    }
  })
}

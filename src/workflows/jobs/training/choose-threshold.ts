import { bestF1Threshold, costThreshold, type Costs, type CostThreshold } from '../../../learn/index.ts'
import type { OutOfFold } from './out-of-fold.ts'
import type { Project } from '../../project/project.ts'

export type ChosenThreshold = {
  rule: 'best-f1' | 'lowest-cost' | 'given'
  /** scores from here on are referred */
  threshold: number
  costs?: Costs
  /** where the project says what a wrong decision costs: what the best threshold saves, on rows that were not fitted on */
  saving?: Pick<CostThreshold, 'costPerClaim' | 'approveAllPerClaim' | 'referAllPerClaim' | 'thresholdIfCalibrated'>
}

/**
 * Where scores are referred from, by the project's rule.
 */
export function chooseThreshold({ threshold, costs }: Project['decision'], { y, score }: OutOfFold): ChosenThreshold {
  const cheapest = costs && costThreshold(y, score, costs)
  const money = cheapest && { costs, saving: savingOf(cheapest) }
  if (typeof threshold === 'number') return { rule: 'given', threshold, ...money }
  if (threshold === 'lowest-cost') return { rule: threshold, threshold: cheapest!.threshold, ...money }
  return { rule: threshold, threshold: bestF1Threshold(y, score), ...money }
}

function savingOf({ costPerClaim, approveAllPerClaim, referAllPerClaim, thresholdIfCalibrated }: CostThreshold) {
  return { costPerClaim, approveAllPerClaim, referAllPerClaim, thresholdIfCalibrated }
}

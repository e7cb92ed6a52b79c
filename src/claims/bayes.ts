import { rocAucScore } from '../learn/index.ts'
import type { ClaimColumns } from './columns.ts'

/** ROC-AUC of the true denial probability: no model of these claims can do better, apart from chance. */
export function bayesAuc(claims: ClaimColumns): number {
  return rocAucScore(claims.outcome, claims.denialProbability)
}

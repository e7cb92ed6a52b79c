import type { Comparison } from '../api/types.ts'
import { isLoss } from './metrics.ts'

type Metric = Pick<Comparison['metrics'][number], 'a' | 'b'>
export type Reading = 'better' | 'worse' | 'intervals overlap' | 'not comparable'

/**
 * What two intervals say about the second version. Intervals that overlap settle nothing either way; the paired comparison
 * among the gates is the sharper test.
 */
export function readingOf(name: string, { a, b }: Metric): Reading {
  const [aLower, aUpper, bLower, bUpper] = [a?.lower, a?.upper, b?.lower, b?.upper]
  if (aLower == null || aUpper == null || bLower == null || bUpper == null) return 'not comparable'
  if (bLower > aUpper) return isLoss(name) ? 'worse' : 'better'
  if (bUpper < aLower) return isLoss(name) ? 'better' : 'worse'
  return 'intervals overlap'
}

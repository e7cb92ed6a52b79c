import { rocAucScore } from '../metrics/roc-auc-score.ts'
import { rocAucVariance } from '../metrics/roc-auc-variance.ts'
import { adviceFor } from './advice.ts'
import { figure, type Trap } from './trap.ts'

/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.959963984540054

/** A smaller loss is what any model loses from one month to the next, even when it is certain. */
const MATERIAL = 0.02

export type ScoredTest = { y: Uint8Array; score: Float64Array }

export type TimeSplitComparison = {
  randomAuc: number
  timeAuc: number
  /** Random minus time, with its 95 % interval: how much the random split flatters. */
  difference: { estimate: number; lower: number; upper: number }
  /** The comparison in words. */
  text: string
  /** Only where the split by time is clearly worse: the interval lies above 0 and the loss is 0.02 or more. */
  trap?: Trap
}

/**
 * Holds a model tested on rows drawn at random against one tested on the newest rows. Where the second does worse, the
 * first saw the future of its test rows: whatever moves with time, from prices to wordings, was known to it.
 *
 * Both are fitted alike, on `stratifiedHoldOut` and `timeHoldOut` of one share. The difference has DeLong's variance of
 * either area; the tests share some rows, which makes them alike and the interval, if anything, too wide.
 * O(n log n).
 * @returns NaN throughout, and no trap, where a test has one class only
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function compareTimeSplit({
  randomAuc: random,
  timeAuc: time,
}: {
  randomAuc: ScoredTest
  timeAuc: ScoredTest
}): TimeSplitComparison {
  const randomAuc = rocAucScore(random.y, random.score)
  const timeAuc = rocAucScore(time.y, time.score)
  const estimate = randomAuc - timeAuc
  const half = Z * Math.sqrt(rocAucVariance(random.y, random.score) + rocAucVariance(time.y, time.score))
  const difference = { estimate, lower: estimate - half, upper: estimate + half }
  const found = { randomAuc, timeAuc, difference }
  if (Number.isNaN(half))
    return { ...found, text: 'The splits cannot be compared: a test part has rows of one class only.' }
  const isWorse = difference.lower > 0 && estimate >= MATERIAL
  const text = describe(found, isWorse)
  if (!isWorse) return { ...found, text }
  return { ...found, text, trap: trapOf(found, text) }
}

type Found = Omit<TimeSplitComparison, 'text' | 'trap'>

function describe({ randomAuc, timeAuc, difference }: Found, isWorse: boolean): string {
  const { estimate, lower, upper } = difference
  const figures = `ROC-AUC ${timeAuc.toFixed(3)} on the newest rows, ${randomAuc.toFixed(3)} on rows drawn at random`
  const interval = `95 % interval ${lower.toFixed(3)} to ${upper.toFixed(3)}`
  if (isWorse)
    return `Tested as it will be used, on what came later, the model does worse: ${figures}, a loss of ${estimate.toFixed(3)} (${interval}).`
  if (upper < 0)
    return `The newest rows are easier than the rest: ${figures}, a gain of ${(-estimate).toFixed(3)} (${interval} for the loss).`
  if (lower > 0)
    return `Tested on what came later, the model does slightly worse: ${figures}, a loss of ${estimate.toFixed(3)} (${interval}).`
  return `Tested on what came later, the model does about as well: ${figures} (${interval} for the loss).`
}

function trapOf({ randomAuc, timeAuc, difference }: Found, message: string): Trap {
  return {
    code: 'TIME_SPLIT',
    severity: 'warn',
    evidence: {
      randomAuc: figure(randomAuc),
      timeAuc: figure(timeAuc),
      difference: figure(difference.estimate),
      lower: figure(difference.lower),
      upper: figure(difference.upper),
    },
    message,
    advice: adviceFor('TIME_SPLIT'),
  }
}

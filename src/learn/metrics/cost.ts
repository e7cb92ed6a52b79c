import { AssayError } from '../../errors/index.ts'
import { checkLabelsAndProbabilities } from './check-input.ts'
import { countedConfusion, type Confusion } from './confusion.ts'
import type { CountedMetric } from './counted-metric.ts'
import { stepCounts } from './curves/step-counts.ts'

/** Costs that differ by a smaller part of the greatest cost are equal: their difference is one of rounding. */
const ROUNDING = 1e-12

/** What one claim of each kind costs, all in one unit of money. Flagged claims are referred to a person, others approved. */
export type Costs = {
  /** A good claim referred: the person's time, the customer's patience. */
  falsePositive: number
  /** A bad claim approved: what is paid out for nothing. */
  falseNegative: number
  /** A bad claim referred; default 0. Negative where it earns. */
  truePositive?: number
  /** A good claim approved; default 0. */
  trueNegative?: number
}

export type CostThreshold = {
  /** Claims with a score at or above it are referred. */
  threshold: number
  /** Mean cost of a claim at that threshold. */
  costPerClaim: number
  /** Mean cost of a claim when all are approved, and when all are referred: what any model has to beat. */
  approveAllPerClaim: number
  referAllPerClaim: number
  /** How much a claim costs less than under the better of the two; never negative. */
  savedPerClaim: number
  /**
   * The threshold that would be best for any claims if the scores were true probabilities:
   * (FP − TN) / ((FP − TN) + (FN − TP)). Far from `threshold`, the scores are badly calibrated or the rows few.
   */
  thresholdIfCalibrated: number
  confusion: Confusion
}

/**
 * The threshold with the lowest mean cost. It is one of the scores, or just above all of them when approving everything
 * is cheapest. Of several equally cheap ones the highest is taken, which sends the fewest claims to a person.
 *
 * Choose it on rows the model was not fitted on; the cost at its own best threshold is somewhat too low (test it with
 * `countedCost` on yet other rows).
 *
 * Source of the closed form: Elkan (2001), The foundations of cost-sensitive learning, IJCAI.
 * @param y     labels 0 or 1, shape (n,), n at least 1; one class is enough
 * @param score probability of 1, shape (n,)
 * O(n log n) time.
 * @throws COSTS_INVALID, METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID, METRIC_NO_ROWS
 * @example costThreshold(Uint8Array.of(0, 1), Float64Array.of(0.2, 0.6), { falsePositive: 50, falseNegative: 900 }).threshold // 0.6
 */
export function costThreshold(y: Uint8Array, score: Float64Array, costs: Costs): CostThreshold {
  const cells = checkCosts(costs)
  checkLabelsAndProbabilities(y, score)
  const steps = stepCounts(y, score)
  const { nPositive, nNegative } = steps
  const n = nPositive + nNegative
  if (n === 0) throw new AssayError('METRIC_NO_ROWS', { wanted: 'the cheapest threshold' })
  const cellsAt = (truePositives: number, falsePositives: number): Confusion => ({
    truePositives,
    falsePositives,
    falseNegatives: nPositive - truePositives,
    trueNegatives: nNegative - falsePositives,
  })
  const none = cellsAt(0, 0)
  const rounding = ROUNDING * Math.max(...Object.values(cells).map(Math.abs))
  let best = { threshold: justAbove(steps.threshold[0]), cost: meanCost(none, cells), confusion: none }
  for (let k = 0; k < steps.threshold.length; k++) {
    const confusion = cellsAt(steps.truePositives[k], steps.falsePositives[k])
    const cost = meanCost(confusion, cells)
    if (cost < best.cost - rounding) best = { threshold: steps.threshold[k], cost, confusion }
  }
  const approveAllPerClaim = meanCost(none, cells)
  const referAllPerClaim = meanCost(cellsAt(nPositive, nNegative), cells)
  const regretPositive = cells.falsePositive - cells.trueNegative
  const regretNegative = cells.falseNegative - cells.truePositive
  return {
    threshold: best.threshold,
    costPerClaim: best.cost,
    approveAllPerClaim,
    referAllPerClaim,
    savedPerClaim: Math.min(approveAllPerClaim, referAllPerClaim) - best.cost,
    thresholdIfCalibrated: regretPositive / (regretPositive + regretNegative),
    confusion: best.confusion,
  }
}

/**
 * Mean cost of a claim at a threshold, ready for resampling: `bootstrapInterval(countedCost(y, score, t, costs), n, …)`.
 * With the threshold Infinity it is that of approving all, with -Infinity that of referring all, so `pairedBootstrap` of
 * two of them tells whether the model saves money.
 * @throws COSTS_INVALID, METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID
 */
export function countedCost(y: Uint8Array, score: Float64Array, threshold: number, costs: Costs): CountedMetric {
  const cells = checkCosts(costs)
  checkLabelsAndProbabilities(y, score)
  const cellsOf = countedConfusion(y, score, threshold)
  return (counts) => meanCost(cellsOf(counts), cells)
}

function checkCosts(costs: Costs): Required<Costs> {
  const { falsePositive, falseNegative, truePositive = 0, trueNegative = 0 } = costs
  const cells = { falsePositive, falseNegative, truePositive, trueNegative }
  const invalid = (reason: string): AssayError => new AssayError('COSTS_INVALID', { reason })
  for (const [name, cost] of Object.entries(cells)) {
    if (!Number.isFinite(cost)) throw invalid(`${name} is ${String(cost)}`)
  }
  if (falsePositive < trueNegative)
    throw invalid(`falsePositive ${falsePositive} is below trueNegative ${trueNegative}`)
  if (falseNegative < truePositive)
    throw invalid(`falseNegative ${falseNegative} is below truePositive ${truePositive}`)
  if (falsePositive === trueNegative && falseNegative === truePositive)
    throw invalid('no decision costs more than another')
  return cells
}

function meanCost(cells: Confusion, costs: Required<Costs>): number {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = cells
  const sum =
    truePositives * costs.truePositive +
    falsePositives * costs.falsePositive +
    falseNegatives * costs.falseNegative +
    trueNegatives * costs.trueNegative
  return sum / (truePositives + falsePositives + falseNegatives + trueNegatives)
}

/** A number above a probability, by one or two units of its last place. */
function justAbove(probability: number): number {
  return probability + Math.max(probability * Number.EPSILON, Number.MIN_VALUE)
}

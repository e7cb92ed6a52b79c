import type { CategoryColumn } from '../learn/index.ts'
import { quantileSorted } from './bins.ts'
import type { Interval } from './interval.ts'
import { proportionInterval } from './intervals.ts'
import { createRandom } from './random.ts'

export type GroupRates = {
  group: string
  n: number
  /** groups below the minimum size are reported, not judged */
  judged: boolean
  /** share flagged: score at or above the threshold, the adverse decision */
  selectionRate: Interval
  tpr: Interval
  fpr: Interval
  baseRate: number
}

export type FairnessReport = {
  attribute: string
  threshold: number
  groups: GroupRates[]
  demographicParityDifference: Interval
  /** smallest over largest selection rate */
  disparateImpact: Interval
  equalOpportunityDifference: Interval
  equalizedOddsDifference: Interval
}

export type FairnessInput = {
  y: Uint8Array
  score: Float64Array
  threshold: number
  group: CategoryColumn
  attribute: string
  nResamples: number
  seed: number
  minGroupSize?: number
}

/** Counts of one group: true/false positives and negatives by decision. */
type Cells = [tn: number, fp: number, fn: number, tp: number]

/**
 * Rates by group and their differences. Intervals by a multinomial bootstrap over the group x label x decision cells, which has the
 * same distribution as resampling rows at a fraction of the cost. Definitions as fairlearn's `between_groups`.
 * Missing groups are left out; NaN where no group can be judged.
 */
export function fairnessReport(input: FairnessInput): FairnessReport {
  const { group, attribute, threshold, nResamples, seed, minGroupSize = 30 } = input
  const cells = countCells(input)
  const judged = cells.map((c) => sizeOf(c) >= minGroupSize)
  const measure = (c: Cells[]) => differences(c.filter((_, g) => judged[g]))
  const point = measure(cells)
  const resamples = resample(cells, { nResamples, seed }).map(measure)
  const interval = (name: keyof typeof point): Interval => {
    const sorted = Float64Array.from(resamples, (r) => r[name])
      .filter((v) => !Number.isNaN(v))
      .sort()
    // Resamples of a largest difference lie above it: without this, two equal groups would differ "significantly".
    return {
      estimate: point[name],
      lower: Math.min(point[name], quantileSorted(sorted, 0.025)),
      upper: Math.max(point[name], quantileSorted(sorted, 0.975)),
      level: 0.95,
    }
  }
  return {
    attribute,
    threshold,
    groups: cells
      .map((c, g) => ({ group: group.levels[g], judged: judged[g], ...ratesOf(c) }))
      .filter((rates) => rates.n > 0),
    demographicParityDifference: interval('demographicParity'),
    disparateImpact: interval('disparateImpact'),
    equalOpportunityDifference: interval('equalOpportunity'),
    equalizedOddsDifference: interval('equalizedOdds'),
  }
}

function countCells({ y, score, threshold, group }: FairnessInput): Cells[] {
  const cells = group.levels.map((): Cells => [0, 0, 0, 0])
  for (let row = 0; row < y.length; row++)
    if (group.codes[row] >= 0) cells[group.codes[row]][2 * y[row] + (score[row] >= threshold ? 1 : 0)]++
  return cells
}

const sizeOf = ([tn, fp, fn, tp]: Cells) => tn + fp + fn + tp

function ratesOf([tn, fp, fn, tp]: Cells) {
  const n = tn + fp + fn + tp
  return {
    n,
    selectionRate: proportionInterval(fp + tp, n),
    tpr: proportionInterval(tp, tp + fn),
    fpr: proportionInterval(fp, fp + tn),
    baseRate: (fn + tp) / n,
  }
}

function differences(cells: Cells[]) {
  const selection = cells.map((c) => (c[1] + c[3]) / sizeOf(c))
  const tpr = cells.map((c) => c[3] / (c[2] + c[3]))
  const fpr = cells.map((c) => c[1] / (c[0] + c[1]))
  const spread = (rates: number[]) => {
    const known = rates.filter((rate) => !Number.isNaN(rate))
    return known.length === 0 ? NaN : Math.max(...known) - Math.min(...known)
  }
  return {
    demographicParity: spread(selection),
    disparateImpact: selection.length === 0 ? NaN : Math.min(...selection) / Math.max(...selection),
    equalOpportunity: spread(tpr),
    equalizedOdds: Math.max(spread(tpr), spread(fpr)),
  }
}

function resample(cells: Cells[], { nResamples, seed }: { nResamples: number; seed: number }): Cells[][] {
  const random = createRandom(seed)
  const flat = cells.flat()
  const total = flat.reduce((sum, n) => sum + n, 0)
  return Array.from({ length: nResamples }, () => {
    // A multinomial draw as a chain of binomials.
    let left = total
    let share = 1
    const drawn = flat.map((count) => {
      const p = count / total
      const n = share > 0 && left > 0 ? binomial(random, left, Math.min(1, p / share)) : 0
      left -= n
      share -= p
      return n
    })
    return cells.map((_, g) => drawn.slice(4 * g, 4 * g + 4) as Cells)
  })
}

/** Binomial draw: by counting for few trials, else by the normal approximation (skewed cases by their complement). */
function binomial(random: () => number, n: number, p: number): number {
  if (p > 0.5) return n - binomial(random, n, 1 - p)
  if (n * p < 30) {
    // Geometric gaps between successes.
    const logQ = Math.log(1 - p)
    if (p <= 0 || logQ === 0) return 0
    let successes = 0
    for (
      let at = Math.floor(Math.log(1 - random()) / logQ);
      at < n;
      at += 1 + Math.floor(Math.log(1 - random()) / logQ)
    )
      successes++
    return successes
  }
  const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.max(0, Math.min(n, Math.round(n * p + z * Math.sqrt(n * p * (1 - p)))))
}

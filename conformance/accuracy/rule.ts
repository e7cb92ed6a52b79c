import { studentTwoSided } from '../../src/explain/index.ts'

/**
 * The four metrics compared: the sign that makes a greater value a better one, and whether the rule judges by it. What it does not
 * judge is told beside the others.
 */
export const comparedMetrics = {
  rocAuc: { sign: 1, isJudged: true },
  prAuc: { sign: 1, isJudged: false },
  logLoss: { sign: -1, isJudged: true },
  brier: { sign: -1, isJudged: false },
} as const

export type ComparedMetric = keyof typeof comparedMetrics

export type FoldScores = Record<ComparedMetric, number>

/** How far below the peer the mean may be. */
const TOLERANCE = 0.005

export type Verdict = {
  metric: ComparedMetric
  /** Whether what is worse here breaks the rule; else it is told only. */
  isJudged: boolean
  ours: number
  theirs: number
  /** Mean of ours − theirs, signs of losses flipped, with its paired 95 % interval (Student). */
  difference: { mean: number; lower: number; upper: number }
  isNotWorse: boolean
}

/**
 * Compares by the one rule: *not worse* is a paired interval of (ours − theirs) over seeds and folds that reaches 0, or a mean at
 * most 0.005 below; better is fine.
 * @param ours, theirs for each seed the folds in the same order; where one side draws nothing, its one seed meets all
 */
export function compare(ours: FoldScores[][], theirs: FoldScores[][]): Verdict[] {
  const nSeeds = Math.max(ours.length, theirs.length)
  const pairs = Array.from({ length: nSeeds }, (_, seed) => {
    const [mine, peer] = [ours[ours.length === 1 ? 0 : seed], theirs[theirs.length === 1 ? 0 : seed]]
    if (mine.length !== peer.length) throw new Error(`${mine.length} folds against ${peer.length}`)
    return mine.map((scores, fold) => [scores, peer[fold]] as const)
  }).flat()
  return (Object.keys(comparedMetrics) as ComparedMetric[]).map((metric) => {
    const { sign, isJudged } = comparedMetrics[metric]
    const differences = pairs.map(([mine, peer]) => sign * (mine[metric] - peer[metric]))
    const difference = pairedInterval(differences)
    return {
      metric,
      isJudged,
      ours: mean(pairs.map(([mine]) => mine[metric])),
      theirs: mean(pairs.map(([, peer]) => peer[metric])),
      difference,
      isNotWorse: difference.upper >= 0 || difference.mean >= -TOLERANCE,
    }
  })
}

/** Whether nothing that is judged is worse. */
export function keepsRule(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ isJudged, isNotWorse }) => isNotWorse || !isJudged)
}

function pairedInterval(differences: number[]): Verdict['difference'] {
  const n = differences.length
  if (n < 2) throw new Error(`${n} pairs; an interval needs at least two`)
  const centre = mean(differences)
  const variance = differences.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (n - 1)
  const half = studentTwoSided(0.95, n - 1) * Math.sqrt(variance / n)
  return { mean: centre, lower: centre - half, upper: centre + half }
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

import { slotLabels, type Bins } from './bins.ts'
import { chiSquareTwoSample, sumOf } from './chi-square.ts'
import { ksFromCounts } from './kolmogorov-smirnov.ts'

const EPSILON = 1e-4

/**
 * Population stability index between two sets of counts over the same bins: sum of (c - r) ln(c / r) over the shares, each at least
 * 1e-4, without renormalising. 0 when equal, symmetric. Empty counts give 0.
 */
export function psi(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const [totalR, totalC] = [sumOf(reference), sumOf(current)]
  if (totalR === 0 || totalC === 0) return 0
  let sum = 0
  for (let i = 0; i < reference.length; i++) {
    if (reference[i] === 0 && current[i] === 0) continue
    const r = Math.max(reference[i] / totalR, EPSILON)
    const c = Math.max(current[i] / totalC, EPSILON)
    sum += (c - r) * Math.log(c / r)
  }
  return sum
}

export type PsiStatus = 'none' | 'minor' | 'major'
export const psiStatus = (value: number): PsiStatus => (value < 0.1 ? 'none' : value < 0.25 ? 'minor' : 'major')

/** Benjamini-Hochberg: p-values adjusted for many tests (false discovery rate), in the order given. */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[b] - pValues[a])
  const adjusted = new Float64Array(pValues.length)
  let smallest = 1
  order.forEach((index, place) => {
    smallest = Math.min(smallest, (pValues[index] * pValues.length) / (pValues.length - place))
    adjusted[index] = smallest
  })
  return [...adjusted]
}

export type FeatureDrift = {
  name: string
  kind: 'number' | 'category' | 'score'
  psi: number
  psiStatus: PsiStatus
  test: 'ks' | 'chi-square'
  statistic: number
  pValue: number
  /** for many features, by Benjamini-Hochberg */
  pAdjusted: number
  /** 0 to 1: the most important feature and the score have 1 */
  importance: number
  drifted: boolean
  bins: { label: string; reference: number; current: number }[]
}

export type DriftInput = {
  name: string
  kind: FeatureDrift['kind']
  bins: Bins
  reference: ArrayLike<number>
  current: ArrayLike<number>
  importance: number
}

const SIGNIFICANT = 0.05

/** Drift of each feature from counts. A feature has drifted when it is both significant (adjusted) and of a size (PSI >= 0.1). */
export function buildDriftFeatures(inputs: DriftInput[]): FeatureDrift[] {
  const largest = Math.max(0, ...inputs.filter((input) => input.kind !== 'score').map(weightOf))
  const tests = inputs.map(({ bins, reference, current }) =>
    bins.kind === 'number' ? ksFromCounts(reference, current) : chiSquareTwoSample(reference, current),
  )
  const adjusted = benjaminiHochberg(tests.map((test) => test.pValue))
  return inputs.map((input, i) => {
    const size = psi(input.reference, input.current)
    return {
      name: input.name,
      kind: input.kind,
      psi: size,
      psiStatus: psiStatus(size),
      test: input.bins.kind === 'number' ? 'ks' : 'chi-square',
      ...tests[i],
      pAdjusted: adjusted[i],
      importance: input.kind === 'score' ? 1 : largest > 0 ? weightOf(input) / largest : 0,
      drifted: adjusted[i] < SIGNIFICANT && size >= 0.1,
      bins: binShares(input),
    }
  })
}

/** Permutation importance may be below 0 by chance, or not a number where it could not be computed: no weight then. */
const weightOf = ({ importance }: DriftInput): number => (importance > 0 ? importance : 0)

function binShares({ bins, reference, current }: DriftInput): FeatureDrift['bins'] {
  const [totalR, totalC] = [sumOf(reference), sumOf(current)]
  return slotLabels(bins)
    .map((label, slot) => ({
      label,
      reference: totalR > 0 ? reference[slot] / totalR : 0,
      current: totalC > 0 ? current[slot] / totalC : 0,
    }))
    .filter(({ label, reference: r, current: c }) => (label !== 'missing' && label !== 'unseen') || r > 0 || c > 0)
}

export type DriftStatus = 'none' | 'watch' | 'retrain' | 'critical'

/** The largest importance-weighted PSI over features and score. */
export function driftScore(features: Pick<FeatureDrift, 'psi' | 'importance'>[]): number {
  return features.reduce((largest, { psi, importance }) => Math.max(largest, psi * importance), 0)
}

/** none < watch (0.1 by default) <= retrain (0.2) <= critical (0.3). */
export function driftStatus(score: number, watch = 0.1): DriftStatus {
  if (score >= 0.3) return 'critical'
  if (score >= 0.2) return 'retrain'
  return score >= watch ? 'watch' : 'none'
}

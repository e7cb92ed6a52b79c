import {
  buildDriftFeatures,
  driftScore,
  driftStatus,
  type Bins,
  type FeatureDrift,
  type DriftStatus as KnownStatus,
} from '../stats/index.ts'

export type DriftStatus = KnownStatus | 'insufficient-data'

/** When drift is worth a look, and how many rows it takes to say anything. */
export type DriftSettings = {
  /** drift score from which on a model is watched; 0.2 asks for retraining and 0.3 is critical */
  watch: number
  /** rows below which nothing is judged */
  minimumRows: number
}

export const DEFAULT_DRIFT_SETTINGS: DriftSettings = { watch: 0.1, minimumRows: 100 }

/** A column counted on the same bins in the reference and in the window. */
export type ComparedColumn = {
  name: string
  bins: Bins
  reference: ArrayLike<number>
  current: ArrayLike<number>
  /** on any scale; it counts relative to the most important feature's */
  importance: number
}

export type DriftComparison = {
  status: DriftStatus
  /** the largest importance-weighted PSI over features and score; null below the minimum of rows */
  driftScore: number | null
  nReference: number
  nCurrent: number
  minimumRows: number
  /** share of the features that drifted */
  shareDrifted: number
  /** most drifted first */
  features: FeatureDrift[]
  score: FeatureDrift | null
}

const SIGNIFICANT = 0.05

/**
 * Compares a window with the reference, from counts alone.
 *
 * The status follows the drift score over what shifted significantly (p <= 0.05 after Benjamini-Hochberg over all columns): a PSI of
 * chance alone is about (bins - 1) (1/n + 1/m), which passes 0.1 for a window of a hundred rows, and is no news.
 */
export function compareCounts(
  { features, score }: { features: ComparedColumn[]; score: ComparedColumn | null },
  settings: DriftSettings = DEFAULT_DRIFT_SETTINGS,
): DriftComparison {
  const { minimumRows } = settings
  const nReference = sum((score ?? features[0]).reference)
  const nCurrent = sum((score ?? features[0]).current)
  const size = { nReference, nCurrent, minimumRows }
  if (nCurrent < minimumRows)
    return { ...size, status: 'insufficient-data', driftScore: null, shareDrifted: 0, features: [], score: null }
  const drifts = buildDriftFeatures([
    ...features.map((column) => ({ ...column, kind: column.bins.kind })),
    ...(score ? [{ ...score, kind: 'score' as const }] : []),
  ])
  const scoreDrift = score ? drifts[drifts.length - 1] : null
  const featureDrifts = drifts.slice(0, features.length)
  const significant = drifts.filter((drift) => drift.pAdjusted <= SIGNIFICANT)
  return {
    ...size,
    status: driftStatus(driftScore(significant), settings.watch),
    driftScore: driftScore(drifts),
    shareDrifted: featureDrifts.filter((drift) => drift.drifted).length / Math.max(1, featureDrifts.length),
    features: featureDrifts.sort((a, b) => b.psi - a.psi),
    score: scoreDrift,
  }
}

function sum(counts: ArrayLike<number>): number {
  let total = 0
  for (let i = 0; i < counts.length; i++) total += counts[i]
  return total
}

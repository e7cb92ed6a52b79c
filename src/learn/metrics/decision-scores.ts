import { confusion, type Confusion } from './confusion.ts'

/**
 * Share of rows whose decision (`score >= threshold`) is their label.
 * @returns in [0, 1]; NaN when n = 0. Misleading where one class is rare: always "no" has the rate of negatives.
 * O(n) time. Golden: test/golden/metrics (scikit-learn `accuracy_score`).
 * @throws METRIC_LENGTHS_DIFFER, METRIC_LABEL_INVALID, METRIC_SCORE_INVALID (as all of this file)
 */
export function accuracyScore(y: Uint8Array, score: Float64Array, threshold: number): number {
  return accuracyOf(confusion(y, score, threshold))
}

/**
 * Mean of the shares of positives that are flagged and of negatives that are not: accuracy as if both classes had as many rows.
 * @returns in [0, 1], 0.5 is chance; NaN when a class is absent
 * O(n) time. Golden: test/golden/metrics (scikit-learn `balanced_accuracy_score`).
 */
export function balancedAccuracyScore(y: Uint8Array, score: Float64Array, threshold: number): number {
  return balancedAccuracyOf(confusion(y, score, threshold))
}

/**
 * Matthews' correlation between labels and decisions: (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN)). High only when all four
 * cells are good, however rare a class is.
 * Source: Matthews (1975), Biochimica et Biophysica Acta 405.
 * @returns in [-1, 1], 0 is chance; NaN when all labels or all decisions are equal (scikit-learn gives 0, which reads as a verdict)
 * O(n) time. Golden: test/golden/metrics (scikit-learn `matthews_corrcoef`).
 */
export function matthewsScore(y: Uint8Array, score: Float64Array, threshold: number): number {
  return matthewsOf(confusion(y, score, threshold))
}

/**
 * Share of flagged rows that are positive: TP / (TP + FP).
 * @returns in [0, 1]; NaN when nothing is flagged (scikit-learn's `zero_division=nan`; its default, 0, reads as a verdict)
 * O(n) time. Golden: test/golden/metrics (scikit-learn `precision_score`).
 */
export function precisionScore(y: Uint8Array, score: Float64Array, threshold: number): number {
  return precisionOf(confusion(y, score, threshold))
}

/**
 * Share of positive rows that are flagged: TP / (TP + FN), also called true-positive rate or sensitivity.
 * @returns in [0, 1]; NaN when there is no positive row
 * O(n) time. Golden: test/golden/metrics (scikit-learn `recall_score`).
 */
export function recallScore(y: Uint8Array, score: Float64Array, threshold: number): number {
  return recallOf(confusion(y, score, threshold))
}

/**
 * Harmonic mean of precision and recall: 2·TP / (2·TP + FP + FN). True negatives do not enter.
 * @returns in [0, 1]; 0 when rows are positive or flagged but none is both; NaN when no row is positive or flagged
 * O(n) time. Golden: test/golden/metrics (scikit-learn `f1_score`).
 */
export function f1Score(y: Uint8Array, score: Float64Array, threshold: number): number {
  return f1Of(confusion(y, score, threshold))
}

/**
 * Share of rows that are flagged, whatever their label. Neither high nor low is better: it is the work a threshold makes.
 * @returns in [0, 1]; NaN when n = 0
 * O(n) time.
 */
export function selectionRateStatistic(y: Uint8Array, score: Float64Array, threshold: number): number {
  return selectionRateOf(confusion(y, score, threshold))
}

export function accuracyOf({ truePositives, falsePositives, falseNegatives, trueNegatives }: Confusion): number {
  return (truePositives + trueNegatives) / (truePositives + falsePositives + falseNegatives + trueNegatives)
}

export function balancedAccuracyOf({
  truePositives,
  falsePositives,
  falseNegatives,
  trueNegatives,
}: Confusion): number {
  return (truePositives / (truePositives + falseNegatives) + trueNegatives / (trueNegatives + falsePositives)) / 2
}

export function matthewsOf({ truePositives, falsePositives, falseNegatives, trueNegatives }: Confusion): number {
  // Roots of each factor: the product of four counts may exceed what doubles hold exactly.
  const flagged = Math.sqrt(truePositives + falsePositives) * Math.sqrt(trueNegatives + falseNegatives)
  const positive = Math.sqrt(truePositives + falseNegatives) * Math.sqrt(trueNegatives + falsePositives)
  return (truePositives * trueNegatives - falsePositives * falseNegatives) / (flagged * positive)
}

export function precisionOf({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives)
}

export function recallOf({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives)
}

export function f1Of({ truePositives, falsePositives, falseNegatives }: Confusion): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives)
}

export function selectionRateOf({ truePositives, falsePositives, falseNegatives, trueNegatives }: Confusion): number {
  return (truePositives + falsePositives) / (truePositives + falsePositives + falseNegatives + trueNegatives)
}

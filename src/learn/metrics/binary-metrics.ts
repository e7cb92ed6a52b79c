import { brierLoss, countedBrier } from './brier-loss.ts'
import { countedCalibrationError, expectedCalibrationError } from './calibration.ts'
import { countedConfusion, type Confusion } from './confusion.ts'
import type { CountedMetric } from './counted-metric.ts'
import {
  accuracyOf,
  accuracyScore,
  balancedAccuracyOf,
  balancedAccuracyScore,
  f1Of,
  f1Score,
  matthewsOf,
  matthewsScore,
  precisionOf,
  precisionScore,
  recallOf,
  recallScore,
  selectionRateOf,
  selectionRateStatistic,
} from './decision-scores.ts'
import { countedKs, ksScore } from './ks-score.ts'
import { countedLogLoss, logLoss } from './log-loss.ts'
import { countedPrAuc, prAucScore } from './pr-auc-score.ts'
import { countedRocAuc, rocAucScore } from './roc-auc-score.ts'
import { countedTopDecileLift, topDecileLiftScore } from './top-decile-lift.ts'

/** A metric of a binary classifier over its scores alone: labels and scores in, one number out, NaN where undefined. */
export type ScoreMetric = (y: Uint8Array, score: Float64Array) => number

/** A metric over decisions: a row is flagged when its score is at or above the threshold. */
export type DecisionMetric = (y: Uint8Array, score: Float64Array, threshold: number) => number

type Described = { title: string; betterIs: 'higher' | 'lower' | 'neither'; unit: string }

/** What is known of a metric: how to compute it, how to compute it on many resamples, how to read it. */
export type BinaryMetricEntry = Described &
  (
    | { needsThreshold: false; fn: ScoreMetric; counted: (y: Uint8Array, score: Float64Array) => CountedMetric }
    | {
        needsThreshold: true
        fn: DecisionMetric
        counted: (y: Uint8Array, score: Float64Array, threshold: number) => CountedMetric
      }
  )

/** Every metric of binary classifiers, by the name it has in runs, gates, model versions and reports. */
export const binaryMetrics = {
  rocAuc: {
    title: 'ROC-AUC',
    betterIs: 'higher',
    unit: 'probability',
    needsThreshold: false,
    fn: rocAucScore,
    counted: countedRocAuc,
  },
  prAuc: {
    title: 'PR-AUC',
    betterIs: 'higher',
    unit: 'share',
    needsThreshold: false,
    fn: prAucScore,
    counted: countedPrAuc,
  },
  logLoss: {
    title: 'Log-loss',
    betterIs: 'lower',
    unit: 'nats',
    needsThreshold: false,
    fn: logLoss,
    counted: countedLogLoss,
  },
  brier: {
    title: 'Brier loss',
    betterIs: 'lower',
    unit: 'squared probability',
    needsThreshold: false,
    fn: brierLoss,
    counted: countedBrier,
  },
  expectedCalibrationError: {
    title: 'Expected calibration error',
    betterIs: 'lower',
    unit: 'probability',
    needsThreshold: false,
    fn: (y, score) => expectedCalibrationError(y, score),
    counted: (y, score) => countedCalibrationError(y, score),
  },
  ks: {
    title: 'Kolmogorov-Smirnov',
    betterIs: 'higher',
    unit: 'share',
    needsThreshold: false,
    fn: ksScore,
    counted: countedKs,
  },
  topDecileLift: {
    title: 'Lift of the top 10 %',
    betterIs: 'higher',
    unit: 'times chance',
    needsThreshold: false,
    fn: topDecileLiftScore,
    counted: countedTopDecileLift,
  },
  accuracy: {
    title: 'Accuracy',
    betterIs: 'higher',
    unit: 'share',
    needsThreshold: true,
    fn: accuracyScore,
    counted: overCells(accuracyOf),
  },
  balancedAccuracy: {
    title: 'Balanced accuracy',
    betterIs: 'higher',
    unit: 'share',
    needsThreshold: true,
    fn: balancedAccuracyScore,
    counted: overCells(balancedAccuracyOf),
  },
  matthews: {
    title: 'Matthews correlation',
    betterIs: 'higher',
    unit: 'correlation',
    needsThreshold: true,
    fn: matthewsScore,
    counted: overCells(matthewsOf),
  },
  precision: {
    title: 'Precision',
    betterIs: 'higher',
    unit: 'share',
    needsThreshold: true,
    fn: precisionScore,
    counted: overCells(precisionOf),
  },
  recall: {
    title: 'Recall',
    betterIs: 'higher',
    unit: 'share',
    needsThreshold: true,
    fn: recallScore,
    counted: overCells(recallOf),
  },
  f1: { title: 'F1', betterIs: 'higher', unit: 'share', needsThreshold: true, fn: f1Score, counted: overCells(f1Of) },
  selectionRate: {
    title: 'Selection rate',
    betterIs: 'neither',
    unit: 'share',
    needsThreshold: true,
    fn: selectionRateStatistic,
    counted: overCells(selectionRateOf),
  },
} as const satisfies Record<string, BinaryMetricEntry>

export type BinaryMetricName = keyof typeof binaryMetrics

export const binaryMetricNames = Object.keys(binaryMetrics) as BinaryMetricName[]

/**
 * All metrics of one model on the same rows.
 * @param threshold for the metrics over decisions
 * @returns NaN for what is not defined there, e.g. ROC-AUC with one class
 */
export function evaluateBinaryMetrics(
  y: Uint8Array,
  score: Float64Array,
  threshold: number,
): Record<BinaryMetricName, number> {
  return Object.fromEntries(
    binaryMetricNames.map((name) => [name, binaryMetrics[name].fn(y, score, threshold)]),
  ) as Record<BinaryMetricName, number>
}

/** The counted form of a registered metric over scores, found by the function itself; undefined for any other function. */
export function findCountedForm(
  metric: ScoreMetric,
): ((y: Uint8Array, score: Float64Array) => CountedMetric) | undefined {
  const entries: BinaryMetricEntry[] = Object.values(binaryMetrics)
  const entry = entries.find((entry) => entry.fn === metric)
  return entry?.needsThreshold === false ? entry.counted : undefined
}

function overCells(metric: (cells: Confusion) => number) {
  return (y: Uint8Array, score: Float64Array, threshold: number): CountedMetric => {
    const cellsOf = countedConfusion(y, score, threshold)
    return (counts) => metric(cellsOf(counts))
  }
}

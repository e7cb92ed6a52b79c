export { bestF1Threshold } from './best-f1-threshold.ts'
export {
  binaryMetricNames,
  binaryMetrics,
  evaluateBinaryMetrics,
  findCountedForm,
  type BinaryMetricEntry,
  type BinaryMetricName,
  type DecisionMetric,
  type ScoreMetric,
} from './binary-metrics.ts'
export { brierLoss } from './brier-loss.ts'
export { calibrationBins, expectedCalibrationError, type CalibrationBin } from './calibration.ts'
export { confusion, type Confusion } from './confusion.ts'
export { costThreshold, countedCost, type Costs, type CostThreshold } from './cost.ts'
export type { CountedMetric } from './counted-metric.ts'
export { evaluateCurves, type Curves } from './curves.ts'
export {
  accuracyScore,
  balancedAccuracyScore,
  f1Score,
  matthewsScore,
  precisionScore,
  recallScore,
  selectionRateStatistic,
} from './decision-scores.ts'
export { gammaDevianceLoss, poissonDevianceLoss, tweedieDevianceLoss } from './deviance.ts'
export { giniScore } from './gini-score.ts'
export { ksScore } from './ks-score.ts'
export { logLoss } from './log-loss.ts'
export { multiclassAccuracyScore, multiclassLogLoss } from './multiclass-scores.ts'
export { prAucScore } from './pr-auc-score.ts'
export { sortedScoresByClass, type ScoresByClass } from './ranking.ts'
export { meanAbsoluteError, r2Score, rootMeanSquaredError } from './regression-errors.ts'
export { regressionMetrics, type RegressionMetricEntry, type RegressionMetricName } from './regression-metrics.ts'
export { rocAucScore } from './roc-auc-score.ts'
export { rocAucVariance } from './roc-auc-variance.ts'
export { topDecileLiftScore } from './top-decile-lift.ts'
export { wilsonBounds } from './wilson-bounds.ts'

export type { PredictionAnswer, PredictRequest } from './answering.ts'
export { layoutSlots, splitCounts, type CountedColumn, type CountLayout } from './count-layout.ts'
export { readBinCounts, readCounts, summariseServing, type ServingSummary, type VariantCounts } from './counts.ts'
export type { Decision, DecisionPolicy } from './decision.ts'
export type { DeploymentView } from './deployment-view.ts'
export {
  createPredictionExplainer,
  type ErasedPrediction,
  type ExplainedPrediction,
  type PredictionExplainer,
} from './explain-prediction.ts'
export { loadTest, type LoadTestOptions, type LoadTestResult } from './load-test.ts'
export {
  outcomeHistory,
  recordOutcomes,
  type NewOutcome,
  type OutcomeReceipt,
  type OutcomeRevision,
} from './outcomes.ts'
export { predictionHolder } from './personal-data.ts'
export type { PredictionSource, VariantRole } from './prediction-log.ts'
export {
  findPrediction,
  getPrediction,
  listPredictions,
  type Prediction,
  type PredictionFilter,
} from './predictions.ts'
export { replay, type Replay } from './replay.ts'
export { servingRoutes, type ServingRouteDeps } from './routes.ts'
export { createServing, type Serving, type ServingHealth, type ServingOptions } from './serving.ts'
export { shadowReport, type ShadowReport } from './shadow-report.ts'
export { PredictionInputError, type InputFault } from './validation.ts'

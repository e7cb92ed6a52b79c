export { cancelRun, continueRun, resolveWait, retryRun, startRun, STEP_TASK } from './course.ts'
export {
  assertDefinition,
  snapshot,
  withBranches,
  type PipelineDefinition,
  type StepContext,
  type StepDefinition,
  type StepOutcome,
} from './definition.ts'
export { createInterpreter } from './interpreter.ts'
export { MEASUREMENTS_CHANNEL, readMeasurements, type Measure } from './measurements/measurements.ts'
export { pipelineRoutes, stepRoutes } from './routes.ts'
export { LOGS_CHANNEL, readLog, type LogLine } from './step-log.ts'
export { findRun, findSourceRun, getRun, listDatasetOutputs, listRuns, medianDurationMs, type RunRow } from './store.ts'
export type { RunCommit } from './tables.ts'
export { runDetail, runSummary } from './views.ts'
export { LogLineSchema, RunDetail, RunSummary, type Measurements, type Series } from './schemas.ts'

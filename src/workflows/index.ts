export { dataActions } from './data-actions.ts'
export { anonymityRoutes } from './anonymity/routes.ts'
export { datasetHolder, erasureRoutes, uploadHolder } from './erase/index.ts'
export { expireWaits } from './approvals.ts'
export { explanationRoutes } from './explanation/routes.ts'
export type {
  GlobalExplanation,
  PartialDependence,
  PredictionExplanation,
  PredictionExplanationAnswer,
} from './explanation/schemas.ts'
export { importRoutes } from './dataset-import/routes.ts'
export { startFirstModel } from './first-start.ts'
export { createLiveStream, type LiveStream, type StreamedClaim, type StreamStatus } from './live-stream/live-stream.ts'
export { liveStreamRoutes } from './live-stream/routes.ts'
export { overviewRoutes, type AttentionItem } from './overview.ts'
export { createPipelines, type Pipelines } from './pipelines.ts'
export { loadProject, SHIPPED_PROJECT } from './project/index.ts'
export { registryActionRoutes, workflowRoutes } from './routes.ts'

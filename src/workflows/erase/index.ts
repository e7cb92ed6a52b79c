export { datasetHolder } from './dataset-holder.ts'
export { erasePipeline } from './definition.ts'
export type { EraseDeps } from './deps.ts'
export { erasureRoutes } from './routes.ts'

import type { StageDeps } from './claims-pipeline/deps.ts'
import { claimsPipeline } from './claims-pipeline/definition.ts'
import { erasePipeline, type EraseDeps } from './erase/index.ts'
import { importPipeline } from './dataset-import/definition.ts'

/** Every pipeline that can be run, by name. */
export function createPipelines(deps: StageDeps & EraseDeps) {
  return { claims: claimsPipeline(deps), import: importPipeline(deps), erase: erasePipeline(deps) }
}
export type Pipelines = ReturnType<typeof createPipelines>

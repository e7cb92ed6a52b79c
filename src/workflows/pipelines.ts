import type { StageDeps } from './claims-pipeline/deps.ts'
import { claimsPipeline } from './claims-pipeline/definition.ts'
import { importPipeline } from './dataset-import/definition.ts'

/** Every pipeline that can be run, by name. */
export function createPipelines(deps: StageDeps) {
  return { claims: claimsPipeline(deps), import: importPipeline(deps) }
}
export type Pipelines = ReturnType<typeof createPipelines>

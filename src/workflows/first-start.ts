import { FIRST_START_ACTOR } from '../access/index.ts'
import { listRuns, type PipelineDefinition } from '../pipelines/index.ts'
import type { Db, Engine } from '../platform/index.ts'
import { loadProject, SHIPPED_PROJECT } from './project/index.ts'
import { startClaimsRun } from './start-run.ts'

/**
 * On a new installation: the first model, by the same pipeline as every other, approved by the standing approval of
 * `first-start`. Does nothing once there has been any run.
 * @returns id of the run it started
 */
export async function startFirstModel(deps: {
  db: Db
  engine: Engine
  definition: PipelineDefinition
}): Promise<string | undefined> {
  if ((await listRuns(deps.db, { limit: 1 })).length > 0) return undefined
  return startClaimsRun(deps, {
    project: await loadProject(SHIPPED_PROJECT),
    actor: FIRST_START_ACTOR,
    trigger: 'first-start',
    commit: { message: 'First start: train the shipped claims model', author: FIRST_START_ACTOR },
  })
}

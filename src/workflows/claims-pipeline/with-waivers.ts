import { waive, type GateResult } from '../../gates/index.ts'
import type { StepContext } from '../../pipelines/index.ts'
import { listWaivers } from '../../registry/index.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun } from './stage-results.ts'

/** The gates of a stage with what the project or, in this run, a reviewer has lifted. */
export async function withWaivers(
  context: StepContext,
  { db }: Pick<StageDeps, 'db'>,
  gates: GateResult[],
): Promise<GateResult[]> {
  return waive(gates, [...projectOfRun(context).waivers, ...(await listWaivers(db, context.run.id))])
}

import { findRun, type PipelineDefinition, type RunRow } from '../../pipelines/index.ts'
import type { Db, Engine } from '../../platform/index.ts'
import { assignRun, openErasure, type Erasure, type Keys } from '../../privacy/index.ts'
import { startPipelineRun } from '../start-run.ts'

export type ErasureDeps = { db: Db; engine: Engine; keys: Keys; definition: PipelineDefinition }

/** States of a run that will not go on by itself. */
const STOPPED: RunRow['state'][] = ['failed', 'cancelled']

/**
 * Starts the erasure of a subject. One that is under way is given back instead; one whose run stopped gets a new run.
 * @throws ERASURE_REASON_NAMES_SUBJECT
 */
export async function startErasure(
  { db, engine, keys, definition }: ErasureDeps,
  request: { subject: string; reason: string; actor: string },
): Promise<Erasure> {
  const erasure = await openErasure(db, keys, request)
  if (erasure.finishedAt !== null) return erasure
  const run = erasure.runId === null ? undefined : await findRun(db, erasure.runId)
  if (run && !STOPPED.includes(run.state)) return erasure
  const runId = await startPipelineRun(
    { db, engine },
    {
      definition,
      project: 'privacy',
      configuration: { erasureId: erasure.id },
      model: '',
      actor: request.actor,
      trigger: 'api',
      commit: null,
    },
  )
  await assignRun(db, erasure.id, runId)
  return { ...erasure, runId }
}

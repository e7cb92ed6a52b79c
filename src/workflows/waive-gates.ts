import { approvalPolicyOf, countReviewers } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'
import { covers } from '../gates/index.ts'
import { retryRun, runDetail } from '../pipelines/index.ts'
import { withTransaction, type Db, type Engine } from '../platform/index.ts'
import { listWaivers, recordWaiver } from '../registry/index.ts'

export type WaiverRequest = {
  runId: string
  /** ids, or the beginning of several with a `*` at its end */
  gates: string[]
  actor: string
  reason: string
}

/**
 * Lifts blocks of a run that ended at a gate. Once nothing blocks any more, the run goes on at that stage, which judges anew.
 * @throws NOT_FOUND; GATE_NOT_BLOCKING for a gate that does not block the run; APPROVAL_OWN_WORK for the run's own author,
 * unless there is nobody else; REASON_MISSING
 */
export async function waiveGates({ db, engine }: { db: Db; engine: Engine }, request: WaiverRequest): Promise<void> {
  const { runId, gates, actor, reason } = request
  const run = await runDetail(db, runId)
  const all = run.steps.flatMap((step) => step.gates).filter((gate) => gate.verdict === 'blocked')
  const blocking = [...new Set(run.state === 'failed' ? all.map((gate) => gate.gate) : [])]
  const meant = gates.flatMap((gate) => {
    const covered = blocking.filter((id) => covers(gate, id))
    if (covered.length > 0) return covered
    throw new AssayError('GATE_NOT_BLOCKING', { gate, runId, blocking: blocking.join(', ') || 'no gate' })
  })
  await withTransaction(db, async (tx) => {
    const ownWork = run.actor === actor
    if (ownWork && approvalPolicyOf(await countReviewers(tx)) !== 'solo')
      throw new AssayError('APPROVAL_OWN_WORK', { actor, role: `started run ${runId}` })
    for (const gate of meant) await recordWaiver(tx, { runId, gate, actor, reason, ownWork })
    const waived = new Set((await listWaivers(tx, runId)).map(({ gate }) => gate))
    if (blocking.every((gate) => waived.has(gate))) await retryRun(tx, engine, runId)
  })
}

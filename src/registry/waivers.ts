import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import { requireReason } from './approval-rules.ts'

/** A block that a person lifted for one run, with the reason. */
export type GateWaiver = { gate: string; by: string; reason: string; at: string; ownWork: boolean }

/**
 * Records that a person answers for going on in spite of a gate. A gate is waived once in a run; the first reason stays.
 * @param waiver.ownWork the person had started the run
 * @throws REASON_MISSING
 */
export async function recordWaiver(
  tx: Tx,
  waiver: { runId: string; gate: string; actor: string; reason: string; ownWork: boolean },
): Promise<void> {
  const { runId, gate, actor, ownWork } = waiver
  const reason = requireReason(waiver.reason, 'waive a gate')
  const { rowCount } = await tx.$client.query(
    `insert into gate_waivers (run_id, gate, actor, reason, own_work) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [runId, gate, actor, reason, ownWork],
  )
  if (rowCount === 0) return
  await emitEvent(tx, { type: 'gate.waived', actor, object: `run:${runId}`, data: { gate, ownWork } })
}

/** The waivers of a run, in the order they were given. */
export async function listWaivers(db: Db | Tx, runId: string): Promise<GateWaiver[]> {
  const { rows } = await db.$client.query(
    `select gate, actor as by, reason, at, own_work as "ownWork" from gate_waivers where run_id = $1 order by at, gate`,
    [runId],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

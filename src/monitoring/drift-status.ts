import { emitEvent, type Tx } from '../platform/index.ts'
import type { DriftStatus } from './drift.ts'
import type { DriftReport } from './drift-report.ts'

export type DriftChange = { from: DriftStatus; to: DriftStatus }

/** Who the events of monitoring come from. */
const ACTOR = 'monitoring'

/**
 * Keeps the status of a report and tells of it (`drift.status_changed`) when it is not the one before. A version begins with none; a
 * report with too few rows says nothing about drift and changes nothing. Callers at the same time wait for each other.
 */
export async function recordDriftStatus(
  tx: Tx,
  report: DriftReport,
  now: Date = new Date(),
): Promise<DriftChange | undefined> {
  const { model, version, status } = report
  if (status === 'insufficient-data') return undefined
  await tx.$client.query(
    `insert into drift_statuses (model, version, status, changed_at, n_changes) values ($1, $2, 'none', $3, 0) on conflict do nothing`,
    [model, version, now],
  )
  const { rows } = await tx.$client.query(
    'select status from drift_statuses where model = $1 and version = $2 for update',
    [model, version],
  )
  const from: DriftStatus = rows[0].status
  if (from === status) return undefined
  await tx.$client.query(
    'update drift_statuses set status = $3, changed_at = $4, n_changes = n_changes + 1 where model = $1 and version = $2',
    [model, version, status, now],
  )
  const drifted = report.features.filter((feature) => feature.drifted).map((feature) => feature.name)
  await emitEvent(tx, {
    type: 'drift.status_changed',
    actor: ACTOR,
    object: `model:${model}@${version}`,
    data: { from, to: status, driftScore: report.driftScore, nCurrent: report.nCurrent, drifted: drifted.slice(0, 20) },
  })
  return { from, to: status }
}

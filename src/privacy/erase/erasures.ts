import { randomUUID } from 'node:crypto'
import { AssayError } from '../../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../../platform/index.ts'
import type { Keys } from '../keys/keys.ts'
import { pseudonym } from '../policies/hmac-key.ts'
import { subjectOf, type Subject } from '../subject.ts'
import type { ErasureReport } from './report.ts'

/** A request to erase a subject, and what came of it. */
export type Erasure = {
  id: string
  /** pseudonym of whom it is about */
  subject: string
  reason: string
  requestedBy: string
  /** pipeline run that carries it out; null for a moment at its start */
  runId: string | null
  report: ErasureReport | null
  createdAt: string
  finishedAt: string | null
}

const COLUMNS = `id, subject, reason, requested_by as "requestedBy", run_id as "runId", report, created_at as "createdAt",
  finished_at as "finishedAt"`

const owner = (id: string) => `erasure:${id}`

/**
 * Records a request; one that is under way for the same subject is given back instead.
 * @throws ERASURE_REASON_NAMES_SUBJECT, for the reason is kept
 */
export async function openErasure(
  db: Db | Tx,
  keys: Pick<Keys, 'data' | 'pseudonyms'>,
  request: { subject: string; reason: string; actor: string },
): Promise<Erasure> {
  const { reason, actor } = request
  if (reason.toLowerCase().includes(request.subject.toLowerCase()))
    throw new AssayError('ERASURE_REASON_NAMES_SUBJECT', {})
  const id = randomUUID()
  const [key] = await keys.data.of([owner(id)])
  const subject = pseudonym(keys.pseudonyms.current(), request.subject)
  const { rows } = await db.$client.query(
    `insert into erasures (id, subject, sealed, reason, requested_by) values ($1, $2, $3, $4, $5)
     on conflict (subject) where finished_at is null do nothing returning ${COLUMNS}`,
    [id, subject, key.seal(request.subject, id), reason, actor],
  )
  if (rows[0]) return present(rows[0])
  await keys.data.destroy([owner(id)])
  const underWay = await db.$client.query(
    `select ${COLUMNS} from erasures where subject = $1 order by created_at desc limit 1`,
    [subject],
  )
  return present(underWay.rows[0])
}

/** The run that carries it out from now on. */
export async function assignRun(db: Db | Tx, id: string, runId: string): Promise<void> {
  await db.$client.query('update erasures set run_id = $2 where id = $1', [id, runId])
}

/** Whom an erasure is about, while it is under way. @throws NOT_FOUND, ERASURE_FINISHED */
export async function subjectOfErasure(
  db: Db | Tx,
  keys: Pick<Keys, 'data' | 'pseudonyms'>,
  id: string,
): Promise<Subject> {
  const { rows } = await db.$client.query<{ sealed: Buffer | null }>('select sealed from erasures where id = $1', [id])
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Erasure', id })
  const value = rows[0].sealed ? keys.data.open(rows[0].sealed, id) : undefined
  if (value === undefined) throw new AssayError('ERASURE_FINISHED', { id })
  return subjectOf(keys, value)
}

/** Records the report and forgets whom it was about. Once finished it changes nothing. */
export async function finishErasure(tx: Tx, id: string, report: ErasureReport): Promise<void> {
  const { rows } = await tx.$client.query<{ requestedBy: string }>(
    `update erasures set report = $2, finished_at = now(), sealed = null where id = $1 and finished_at is null
     returning requested_by as "requestedBy"`,
    [id, JSON.stringify(report)],
  )
  if (!rows[0]) return
  await emitEvent(tx, {
    type: 'subject.erased',
    actor: rows[0].requestedBy,
    object: `erasure:${id}`,
    data: { nErased: report.erased.length, nKeysDestroyed: report.nKeysDestroyed, nModels: report.models.length },
  })
}

/** Destroys the key that the subject was sealed with: after this nobody can say whom the erasure was about but by asking again. */
export const forgetSubject = (keys: Pick<Keys, 'data'>, id: string) => keys.data.destroy([owner(id)])

/** @throws NOT_FOUND */
export async function getErasure(db: Db | Tx, id: string): Promise<Erasure> {
  const { rows } = await db.$client.query(`select ${COLUMNS} from erasures where id::text = $1`, [id])
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Erasure', id })
  return present(rows[0])
}

/** Erasures, newest first. */
export async function listErasures(db: Db | Tx, limit: number): Promise<Erasure[]> {
  const { rows } = await db.$client.query(`select ${COLUMNS} from erasures order by created_at desc limit $1`, [limit])
  return rows.map(present)
}

type Row = Omit<Erasure, 'createdAt' | 'finishedAt'> & { createdAt: Date; finishedAt: Date | null }
const present = (row: Row): Erasure => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  finishedAt: row.finishedAt?.toISOString() ?? null,
})

import { AssayError } from '../errors/index.ts'
import type { Db, Tx } from '../platform/index.ts'
import type { DataKeys } from '../privacy/index.ts'
import type { Decision } from './decision.ts'
import { predictionTime } from './prediction-id.ts'
import type { PredictionSource, VariantRole } from './prediction-log.ts'

/** A prediction as logged, with what is known of its outcome. */
export type Prediction = {
  id: string
  at: string
  model: string
  version: string
  variant: VariantRole
  source: PredictionSource
  actor: string
  /** null for a shadow, whose input is that of the prediction it mirrors, and once its subject was erased */
  input: Record<string, number | string> | null
  /** whether its subject was erased, and the input with it */
  erased: boolean
  inputDigest: string
  score: number | null
  decision: Decision | null
  latencyUs: number
  mirrors: string | null
  error: string | null
  outcome: { label: 0 | 1; observedAt: string; recordedAt: string; nCorrections: number } | null
}

const SELECT = `
  select p.id, p.at, p.model, p.version, p.variant, p.source, p.actor, p.input, p.sealed, p.input_digest as "inputDigest", p.score,
    p.decision, p.latency_us as "latencyUs", p.mirrors, p.error,
    o.label, o.observed_at as "observedAt", o.recorded_at as "recordedAt", o.revision
  from predictions p
  left join lateral (select * from outcomes where prediction_id = p.id order by revision desc limit 1) o on true`

/** What opens logged inputs. */
export type InputKeys = Pick<DataKeys, 'open'>

/** A logged prediction by its id, which also names its partition. */
export async function findPrediction(db: Db | Tx, keys: InputKeys, id: string): Promise<Prediction | undefined> {
  const at = predictionTime(id)
  if (!at) return undefined
  const { rows } = await db.$client.query(`${SELECT} where p.id = $1 and p.at = $2`, [id, at])
  return rows[0] && present(rows[0], keys)
}

/** @throws NOT_FOUND */
export async function getPrediction(db: Db | Tx, keys: InputKeys, id: string): Promise<Prediction> {
  const found = await findPrediction(db, keys, id)
  if (!found) throw new AssayError('NOT_FOUND', { what: 'Prediction', id })
  return found
}

export type PredictionFilter = {
  limit: number
  model?: string
  /** answers (champion and staging) when left out */
  variant?: VariantRole
  /** id of the last one of the page before */
  cursor?: string
}

/** Logged predictions, newest first, a page at a time. */
export async function listPredictions(
  db: Db | Tx,
  keys: InputKeys,
  { limit, model, variant, cursor }: PredictionFilter,
): Promise<{ items: Prediction[]; nextCursor: string | null }> {
  const before = cursor === undefined ? undefined : predictionTime(cursor)
  if (cursor !== undefined && !before) throw new AssayError('NOT_FOUND', { what: 'Prediction', id: cursor })
  const { rows } = await db.$client.query(
    `${SELECT}
     where ($1::text is null or p.model = $1) and ($2::text is null and p.variant <> 'shadow' or p.variant = $2)
       and ($3::timestamptz is null or (p.at, p.id) < ($3, $4::uuid))
     order by p.at desc, p.id desc limit $5`,
    [model ?? null, variant ?? null, before ?? null, cursor ?? null, limit + 1],
  )
  const items = rows.slice(0, limit).map((row) => present(row, keys))
  return { items, nextCursor: rows.length > limit ? items[items.length - 1].id : null }
}

type Row = Omit<Prediction, 'at' | 'outcome' | 'erased'> & {
  at: Date
  sealed: Buffer | null
  label: 0 | 1 | null
  observedAt: Date
  recordedAt: Date
  revision: number
}

function present({ label, observedAt, recordedAt, revision, sealed, ...row }: Row, keys: InputKeys): Prediction {
  const outcome =
    label === null
      ? null
      : {
          label,
          observedAt: observedAt.toISOString(),
          recordedAt: recordedAt.toISOString(),
          nCorrections: revision - 1,
        }
  if (!sealed) return { ...row, at: row.at.toISOString(), erased: false, outcome }
  const text = keys.open(sealed, row.id)
  const input = text === undefined ? null : JSON.parse(text)
  return { ...row, at: row.at.toISOString(), input, erased: text === undefined, outcome }
}

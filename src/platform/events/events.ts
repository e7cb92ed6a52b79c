import type { Db, Tx } from '../db/database.ts'

/** Something that matters to a person, a policy or another room. Data holds ids and numbers, never personal data. */
export type NewEvent = {
  /** noun.verb in the past tense, e.g. `model.promoted` */
  type: string
  /** id of the actor who did it */
  actor: string
  /** what it was done to, e.g. `model:claims-denial@1.2.0` */
  object: string
  data?: Record<string, unknown>
}

/** An event after the chainer gave it its place. */
export type ChainedEvent = Required<NewEvent> & { position: number; at: string }

export const EVENTS_CHANNEL = 'assay_events'
export const INBOX_CHANNEL = 'assay_events_inbox'

/** Writes an event in the transaction of the change it tells of; it becomes readable within a second of the commit. */
export async function emitEvent(tx: Db | Tx, event: NewEvent): Promise<void> {
  await tx.$client.query(
    `with e as (insert into events_inbox (type, actor, object, data) values ($1, $2, $3, $4) returning id)
     select pg_notify('${INBOX_CHANNEL}', '') from e`,
    [event.type, event.actor, event.object, JSON.stringify(event.data ?? {})],
  )
}

/**
 * Chained events after a position, oldest first.
 * @param options.types only these types, when given
 */
export async function readEvents(
  db: Db | Tx,
  options: { after: number; limit: number; types?: string[] },
): Promise<ChainedEvent[]> {
  const { rows } = await db.$client.query(
    `select position, at, type, actor, object, data from events
     where position > $1 and ($3::text[] is null or type = any($3)) order by position limit $2`,
    [options.after, options.limit, options.types ?? null],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

/** Position of the newest chained event; 0 when there is none. */
export async function lastEventPosition(db: Db | Tx): Promise<number> {
  const { rows } = await db.$client.query('select coalesce(max(position), 0) as last from events')
  return rows[0].last
}

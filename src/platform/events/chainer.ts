import { createHash } from 'node:crypto'
import { canonicalJson } from '../canonical-json.ts'
import { withTransaction, type Db, type Tx } from '../db/database.ts'
import type { Listener } from '../db/listener.ts'
import { EVENTS_CHANNEL, INBOX_CHANNEL, type ChainedEvent } from './events.ts'

const CHAINER_LOCK = 7_203_115
const BATCH = 1_000
const POLL_MS = 500
export const GENESIS_HASH = '0'.repeat(64)

/**
 * Gives committed events a gapless position and chains them by hash, one batch. Whoever holds the advisory lock does it; for
 * anyone else it is a no-op. Moving (delete from the inbox, insert into `events`) is one transaction, so a crash repeats or
 * does nothing.
 * @returns how many events were chained
 */
export function chainEvents(db: Db): Promise<number> {
  return withTransaction(db, async (tx) => {
    const lock = await tx.$client.query('select pg_try_advisory_xact_lock($1) as mine', [CHAINER_LOCK])
    if (!lock.rows[0].mine) return 0
    const inbox = await tx.$client.query(
      `delete from events_inbox where id in (select id from events_inbox order by id limit ${BATCH})
       returning id, at, type, actor, object, data`,
    )
    if (inbox.rows.length === 0) return 0
    inbox.rows.sort((a, b) => a.id - b.id)
    await append(tx, inbox.rows)
    return inbox.rows.length
  })
}

async function append(tx: Tx, rows: { at: Date; type: string; actor: string; object: string; data: object }[]) {
  const head = await tx.$client.query('select position, hash from events order by position desc limit 1')
  let position: number = head.rows[0]?.position ?? 0
  let previousHash: string = head.rows[0]?.hash ?? GENESIS_HASH
  const chained = rows.map((row) => {
    const event = { ...row, at: row.at.toISOString(), data: row.data as Record<string, unknown>, position: ++position }
    const link = { ...event, previousHash, hash: eventHash(previousHash, event) }
    previousHash = link.hash
    return link
  })
  const column = (name: keyof (typeof chained)[number]) => chained.map((link) => link[name])
  await tx.$client.query(
    `insert into events (position, at, type, actor, object, data, previous_hash, hash)
     select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::jsonb[], $7::text[], $8::text[])`,
    [
      column('position'),
      column('at'),
      column('type'),
      column('actor'),
      column('object'),
      chained.map((link) => JSON.stringify(link.data)),
      column('previousHash'),
      column('hash'),
    ],
  )
  await tx.$client.query('select pg_notify($1, $2)', [EVENTS_CHANNEL, String(position)])
}

/** SHA-256 over the previous hash and the event as canonical JSON (keys sorted at every level). Hex. */
export function eventHash(previousHash: string, event: ChainedEvent): string {
  const { position, at, type, actor, object, data } = event
  return createHash('sha256')
    .update(previousHash)
    .update(canonicalJson({ position, at, type, actor, object, data }))
    .digest('hex')
}

/** Chains events as they come (NOTIFY) and at least every half second, until stopped. */
export function startChainer(db: Db, listener: Listener, onError: (error: unknown) => void): { stop(): Promise<void> } {
  let running: Promise<void> | undefined
  let isStopped = false
  let isWanted = false

  async function drain(): Promise<void> {
    while (isWanted) {
      isWanted = false
      try {
        while ((await chainEvents(db)) > 0);
      } catch (error) {
        if (!isStopped) onError(error)
      }
    }
    running = undefined
  }
  const wake = () => {
    if (isStopped) return
    isWanted = true
    running ??= drain()
  }
  const stopListening = listener.listen(INBOX_CHANNEL, wake)
  const timer = setInterval(wake, POLL_MS)
  wake()
  return {
    async stop() {
      isStopped = true
      clearInterval(timer)
      stopListening()
      await running
    },
  }
}

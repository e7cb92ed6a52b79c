import pg from 'pg'
import type { Connection } from './database.ts'

export type Listener = {
  /** Calls `handler` with the payload of each NOTIFY on `channel`. Returns a function that ends this subscription. */
  listen(channel: string, handler: (payload: string) => void): () => void
  close(): Promise<void>
}

const RECONNECT_MS = 500

/**
 * One connection that LISTENs for the whole process. It reconnects by itself; what was notified meanwhile is lost, so every
 * subscriber also polls, and is called once with an empty payload after a reconnect.
 */
export async function openListener(connection: Connection): Promise<Listener> {
  const handlers = new Map<string, Set<(payload: string) => void>>()
  let client: pg.Client | undefined
  let isClosed = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...connection, application_name: 'assay listener' })
    next.on('error', () => {})
    next.on('notification', (message) => {
      for (const handler of handlers.get(message.channel) ?? []) handler(message.payload ?? '')
    })
    await next.connect()
    // Only from here on: a connection that never came to be ends too, and each end would start another row of attempts.
    next.on('end', () => {
      if (client === next) client = undefined
      if (!isClosed) setTimeout(reconnect, RECONNECT_MS).unref()
    })
    client = next
    for (const channel of handlers.keys()) await next.query(`listen ${pg.escapeIdentifier(channel)}`)
  }

  async function reconnect(): Promise<void> {
    if (isClosed || client) return
    try {
      await connect()
      for (const set of handlers.values()) for (const handler of set) handler('')
    } catch {
      // Lost between connecting and listening: its `end` tries again.
      if (!client) setTimeout(reconnect, RECONNECT_MS).unref()
    }
  }

  await connect()
  return {
    listen(channel, handler) {
      const set = handlers.get(channel) ?? new Set()
      if (!handlers.has(channel)) {
        handlers.set(channel, set)
        void client?.query(`listen ${pg.escapeIdentifier(channel)}`).catch(() => {})
      }
      set.add(handler)
      return () => set.delete(handler)
    },
    async close() {
      isClosed = true
      await client?.end().catch(() => {})
    },
  }
}

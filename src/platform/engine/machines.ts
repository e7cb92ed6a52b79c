import { randomUUID } from 'node:crypto'
import type { Db } from '../db/database.ts'
import type { Engine } from './engine.ts'

const HEARTBEAT_MS = 2_000
/** A machine is dead when its heart has not beaten for this long; its work is taken over then. */
const DEAD_AFTER_MS = 12_000

export type Machine = { id: string; setUrl(url: string): Promise<void>; stop(): Promise<void> }

/**
 * Registers this process. What an earlier process of the same home and role left is known to be dead where the home is
 * locked (`ownsHome`), so nobody waits for its heart to stop.
 */
export async function registerMachine(
  db: Db,
  { role, home, ownsHome }: { role: string; home: string; ownsHome: boolean },
): Promise<string> {
  const id = `${role}-${randomUUID()}`
  if (ownsHome) await db.$client.query('delete from machines where home = $1 and role = $2', [home, role])
  await db.$client.query('insert into machines (id, role, home, pid) values ($1, $2, $3, $4)', [
    id,
    role,
    home,
    process.pid,
  ])
  return id
}

/** Beats this machine's heart, and takes over the calls that no living machine holds: at once, then every two seconds. */
export async function startHeartbeat(
  db: Db,
  engine: Engine,
  { id, onError }: { id: string; onError: (error: unknown) => void },
): Promise<Machine> {
  async function beat(): Promise<void> {
    await db.$client.query('update machines set heartbeat_at = now() where id = $1', [id])
    await db.$client.query(`delete from machines where heartbeat_at < now() - $1 * interval '1 ms'`, [DEAD_AFTER_MS])
    const living = await db.$client.query('select id from machines')
    await engine.takeOverAllBut(living.rows.map((row) => row.id))
  }
  await beat()
  const timer = setInterval(() => void beat().catch(onError), HEARTBEAT_MS)
  return {
    id,
    async setUrl(url) {
      await db.$client.query('update machines set url = $2 where id = $1', [id, url])
    },
    async stop() {
      clearInterval(timer)
      await db.$client.query('delete from machines where id = $1', [id]).catch(() => {})
    },
  }
}

/** Address of a process that answers HTTP, or undefined when none is up. */
export async function findServerUrl(db: Db): Promise<string | undefined> {
  const { rows } = await db.$client.query(
    `select url from machines where url is not null and heartbeat_at > now() - $1 * interval '1 ms'
     order by started_at desc limit 1`,
    [DEAD_AFTER_MS],
  )
  return rows[0]?.url
}

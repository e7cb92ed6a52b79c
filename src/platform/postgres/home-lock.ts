import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { AssayError } from '../../errors/index.ts'
import type { Connection } from '../db/database.ts'

/** Who runs in a home: for people and for commands that look for a running server. Never the lock itself. */
export type Runtime = { pid: number; url: string; startedAt: string }

export type HomeLock = {
  /** Notes in `runtime.json` where this process answers. */
  announce(url: string): void
  /** Gives the home free and removes `runtime.json`. */
  release(): Promise<void>
}

/** A session that ends is noticed by the server within milliseconds; a holder that was killed just now is waited for. */
const ATTEMPTS = 10
const RETRY_MS = 50
const RECONNECT_MS = 500

/**
 * Takes the home for this process, on a database session of its own: the lock goes with the process, however it ends.
 * If the session breaks, it is taken again as soon as the database is back.
 * @param options.onLost called when another process took the home while the database was away: this one has to end
 * @throws HOME_IN_USE when another process holds it
 */
export async function lockHome(
  connection: Connection,
  options: { home: string; onLost?: () => void },
): Promise<HomeLock> {
  const key = lockKey(options.home)
  let isReleased = false
  let client = await take()

  async function take(): Promise<Client> {
    const next = new Client({ ...connection, application_name: 'assay home lock', keepAlive: true })
    next.on('error', () => {})
    await next.connect()
    if (await tryLock(next, key)) {
      next.once('end', () => void retake())
      return next
    }
    await next.end()
    const holder = readRuntime(options.home)
    const details = { home: options.home, pid: holder?.pid ?? 'unknown', url: holder?.url ?? 'an unknown address' }
    throw new AssayError('HOME_IN_USE', details)
  }

  async function retake(): Promise<void> {
    for (;;) {
      await sleep(RECONNECT_MS, undefined, { ref: false })
      if (isReleased) return
      try {
        client = await take()
        if (isReleased) await client.end()
        return
      } catch (error) {
        if (error instanceof AssayError) return options.onLost?.()
      }
    }
  }

  const runtimeFile = path.join(options.home, RUNTIME)
  const startedAt = new Date().toISOString()
  return {
    announce(url) {
      const runtime: Runtime = { pid: process.pid, url, startedAt }
      writeWhole(runtimeFile, JSON.stringify(runtime))
    },
    async release() {
      isReleased = true
      fs.rmSync(runtimeFile, { force: true })
      await client.end().catch(() => {})
    },
  }
}

async function tryLock(client: Client, key: string): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const { rows } = await client.query('select pg_try_advisory_lock($1::bigint) as mine', [key])
    if (rows[0].mine) return true
    if (attempt === ATTEMPTS) return false
    await sleep(RETRY_MS)
  }
}

const RUNTIME = 'runtime.json'

/** What the process that runs in this home, or was killed in it, wrote about itself. */
export function readRuntime(home: string): Runtime | undefined {
  try {
    return JSON.parse(fs.readFileSync(path.join(home, RUNTIME), 'utf8')) as Runtime
  } catch {
    return undefined
  }
}

/** The key belongs to the home, not to its path: in a shared database other machines have homes of the same name. */
function lockKey(home: string): string {
  return createHash('sha256').update(homeId(home)).digest().readBigInt64BE().toString()
}

function homeId(home: string): string {
  fs.mkdirSync(home, { recursive: true })
  const file = path.join(home, 'home-id')
  if (!fs.existsSync(file)) {
    const draft = `${file}.${process.pid}`
    fs.writeFileSync(draft, randomUUID())
    try {
      fs.linkSync(draft, file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    } finally {
      fs.rmSync(draft)
    }
  }
  return fs.readFileSync(file, 'utf8')
}

/** Readers see the old content or the new, never half. */
function writeWhole(file: string, content: string): void {
  const draft = `${file}.${process.pid}`
  fs.writeFileSync(draft, content)
  fs.renameSync(draft, file)
}

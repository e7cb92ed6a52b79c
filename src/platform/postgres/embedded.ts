import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { AssayError } from '../../errors/index.ts'
import type { Connection } from '../db/database.ts'
import { ASSAY, ensureCluster } from './cluster.ts'
import { chooseLaunch } from './launch.ts'
import { findNative } from './native.ts'
import { disownPidFile, isAlive, isPostmaster, readPostmaster } from './postmaster-pid.ts'
import { connectionTo, makeSocketDir, spawnServer, watchIdle, type ServerProcess } from './server.ts'

const POLL_MS = 10
/** Recovery after a crash may replay up to `max_wal_size`. */
const START_TIMEOUT_MS = 60_000
const STOP_TIMEOUT_MS = 30_000
const ATTEMPTS = 5
/** Root's server runs as somebody else, who must be able to pass; the data directory itself is closed. */
const DIRECTORY_MODE = process.getuid?.() === 0 ? 0o711 : 0o700

export type EmbeddedPostgres = {
  connection: Extract<Connection, { host: string }>
  /** The server was running already: an earlier Assay was killed, or another process uses this home. */
  attached: boolean
  pid: number
  /** Fast shutdown: running statements are cut, what was committed is on disk. For everyone, not only this process. */
  stop(): Promise<void>
}

export type EmbeddedOptions = {
  home: string
  log: { info(text: string): void; warn(text: string): void }
  /** Stop the server when it has had no clients for this long (whole seconds). */
  idleStopMs?: number
  /** `false` only for tests: no fsync, a power cut loses everything. */
  isDurable?: boolean
}

/**
 * Starts the PostgreSQL server of a home, or attaches to the one that runs there already. Makes the data directory at first.
 * The server answers on a Unix socket only, in a private directory, and stops itself after 10 minutes without clients.
 * @param options.home directory; made if it does not exist
 * @throws EMBEDDED_POSTGRES_UNSUPPORTED, EMBEDDED_POSTGRES_UNPRIVILEGED, EMBEDDED_POSTGRES_FAILED
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  fs.mkdirSync(options.home, { recursive: true, mode: DIRECTORY_MODE })
  const place = placeOf(options.home)
  const running = await attach(place)
  if (running) return running

  const native = findNative()
  fs.mkdirSync(place.directory, { recursive: true, mode: DIRECTORY_MODE })
  const owner = fs.statSync(place.dataDir, { throwIfNoEntry: false })?.uid
  const launch = chooseLaunch({ directory: place.directory, program: native.postgres, owner })
  const isDurable = options.isDurable ?? true
  await ensureCluster(place.dataDir, { native, launch, isDurable })

  for (let attempt = 1; ; attempt++) {
    const socketDir = makeSocketDir(launch, place.directory)
    const server = spawnServer({ ...place, postgres: native.postgres, socketDir, launch, isDurable })
    const outcome = await waitUntilReady(place, server)
    if (outcome === 'ready') {
      const pid = server.pid
      watchIdle({ pid, socketDir, idleStopMs: options.idleStopMs ?? 600_000, launch })
      void server.ended.then((how) => options.log.info(`embedded PostgreSQL ${how}`))
      return serverAt(place, { pid, socketDir }, false)
    }
    fs.rmSync(socketDir, { recursive: true, force: true })
    // Another process may have started the server at the same moment, or the backends of a killed one are still ending.
    const other = await attach(place)
    if (other) return other
    if (attempt === ATTEMPTS) {
      throw new AssayError('EMBEDDED_POSTGRES_FAILED', { directory: place.dataDir, reason: outcome })
    }
    options.log.warn(`embedded PostgreSQL did not start, trying again: ${outcome}`)
    await sleep(100 * attempt)
  }
}

/** The server that runs in a home now, for a second process that shares it; `undefined` when there is none. */
export async function attachEmbeddedPostgres(home: string): Promise<EmbeddedPostgres | undefined> {
  return fs.existsSync(home) ? attach(placeOf(home)) : undefined
}

/** Whether a server runs in a home now. Only looks: neither waits for it nor clears up after one that was killed. */
export function isEmbeddedRunning(home: string): boolean {
  if (!fs.existsSync(home)) return false
  const { dataDir } = placeOf(home)
  const found = readPostmaster(dataDir)
  return found !== undefined && isPostmaster(found.pid, dataDir)
}

type Place = { directory: string; dataDir: string; logFile: string }

function placeOf(home: string): Place {
  const directory = path.join(fs.realpathSync(home), 'postgres')
  return { directory, dataDir: path.join(directory, 'data'), logFile: path.join(directory, 'server.log') }
}

/** Waits for a server that is starting or stopping; clears up after one that is gone. */
async function attach(place: Place): Promise<EmbeddedPostgres | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const found = readPostmaster(place.dataDir)
    if (!found) return undefined
    if (!isPostmaster(found.pid, place.dataDir)) {
      if (isAlive(found.pid)) disownPidFile(place.dataDir)
      removeSocketDir(found.socketDir)
      return undefined
    }
    if (found.isReady && (await answers(place, found.socketDir))) return serverAt(place, found, true)
    if (found.isReady && !fs.existsSync(found.socketDir)) await stopServer(place, found)
    if (Date.now() > deadline) {
      const reason = `process ${found.pid} runs but does not answer at ${found.socketDir}`
      throw new AssayError('EMBEDDED_POSTGRES_FAILED', { directory: place.dataDir, reason })
    }
    await sleep(POLL_MS)
  }
}

async function waitUntilReady(place: Place, server: ServerProcess): Promise<'ready' | string> {
  const deadline = Date.now() + START_TIMEOUT_MS
  let end: string | void = undefined
  do {
    const found = readPostmaster(place.dataDir)
    if (found?.pid === server.pid && found.isReady && (await answers(place, found.socketDir))) return 'ready'
    end = await Promise.race([server.ended, sleep(POLL_MS)])
  } while (!end && Date.now() < deadline)
  return `the server ${end ?? `was not ready after ${START_TIMEOUT_MS / 1000} s`}: ${lastMessage(place.logFile)}`
}

/** Whether the server of this data directory, not another, answers there. Makes Assay's database at first. */
async function answers(place: Place, socketDir: string): Promise<boolean> {
  const client = new Client({ ...connectionTo(socketDir, 'postgres'), application_name: 'assay start' })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query(
      `select current_setting('data_directory') as directory,
              exists (select from pg_database where datname = $1) as "hasDatabase"`,
      [ASSAY],
    )
    if (rows[0].directory !== place.dataDir) return false
    if (!rows[0].hasDatabase) await client.query(`create database ${ASSAY} strategy file_copy`).catch(ignoreDuplicate)
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

function ignoreDuplicate(error: unknown): void {
  const isDuplicate = error instanceof DatabaseError && (error.code === '42P04' || error.code === '23505')
  if (!isDuplicate) throw error
}

function serverAt(place: Place, at: { pid: number; socketDir: string }, attached: boolean): EmbeddedPostgres {
  return {
    connection: connectionTo(at.socketDir, ASSAY),
    attached,
    pid: at.pid,
    stop: () => stopServer(place, at),
  }
}

async function stopServer(place: Place, { pid, socketDir }: { pid: number; socketDir: string }): Promise<void> {
  const deadline = Date.now() + STOP_TIMEOUT_MS
  if (isPostmaster(pid, place.dataDir)) process.kill(pid, 'SIGINT')
  while (isPostmaster(pid, place.dataDir)) {
    if (Date.now() > deadline) {
      const reason = `process ${pid} did not stop within ${STOP_TIMEOUT_MS / 1000} s`
      throw new AssayError('EMBEDDED_POSTGRES_FAILED', { directory: place.dataDir, reason })
    }
    await sleep(POLL_MS)
  }
  removeSocketDir(socketDir)
}

/** Only ever a directory that `makeSocketDir` made. */
function removeSocketDir(socketDir: string): void {
  if (/^assay-\w{6}$/.test(path.basename(socketDir))) fs.rmSync(socketDir, { recursive: true, force: true })
}

function lastMessage(logFile: string): string {
  const lines = fs.readFileSync(logFile, 'utf8').trim().split('\n')
  return lines.findLast((line) => /FATAL|PANIC|error|refused/i.test(line)) ?? lines.at(-1) ?? ''
}

import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { serverEnvironment, wrap, type Launch } from './launch.ts'

const PORT = 5432
const IDLE_WATCH = fileURLToPath(new URL('./idle-watch.sh', import.meta.url))
/** Longest path of a Unix socket, without the closing zero. */
const MAX_SOCKET_PATH = process.platform === 'darwin' ? 103 : 107
const MAX_LOG_BYTES = 8 << 20

const settings: Record<string, string | number> = {
  listen_addresses: '',
  port: PORT,
  unix_socket_permissions: '0700',
  shared_buffers: '128MB',
  max_connections: 60,
  max_wal_size: '256MB',
  // Parallel plans need more /dev/shm than a container has, and the other core is wanted for training.
  max_parallel_workers_per_gather: 0,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
}

export function socketPath(socketDir: string): string {
  return path.join(socketDir, `.s.PGSQL.${PORT}`)
}

/** How a client reaches the server: the port only names the socket's file, there is no TCP. */
export function connectionTo(socketDir: string, database: string) {
  return { host: socketDir, port: PORT, user: 'assay', database, ssl: false }
}

/** A short directory of its own for the socket, open to nobody but the server's user. */
export function makeSocketDir(launch: Launch, fallback: string): string {
  const bases = ['/tmp', os.tmpdir(), fallback]
  for (const base of bases) {
    if (Buffer.byteLength(socketPath(path.join(base, 'assay-XXXXXX'))) > MAX_SOCKET_PATH) continue
    try {
      const directory = fs.mkdtempSync(path.join(base, 'assay-'))
      if (launch.ids) fs.chownSync(directory, launch.ids.uid, launch.ids.gid)
      return directory
    } catch {
      continue
    }
  }
  throw new Error(`no place for a socket in ${bases.join(', ')}: need a writable directory with a short name`)
}

export type ServerProcess = {
  pid: number
  /** Resolves when the process has ended, with its exit code or signal. */
  ended: Promise<string>
}

/**
 * Starts the server in a session of its own, so that Ctrl-C in the terminal reaches Assay alone, with its messages in a file,
 * so that it outlives Assay.
 */
export function spawnServer(options: {
  postgres: string
  dataDir: string
  socketDir: string
  logFile: string
  launch: Launch
  isDurable: boolean
}): ServerProcess {
  const all = { ...settings, unix_socket_directories: options.socketDir, fsync: options.isDurable ? 'on' : 'off' }
  const [file, ...args] = wrap(options.launch, options.postgres, [
    '-D',
    options.dataDir,
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  const isLarge = (fs.statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES
  const log = fs.openSync(options.logFile, isLarge ? 'w' : 'a')
  try {
    const child = spawn(file, args, {
      ...options.launch.ids,
      cwd: '/',
      detached: true,
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
    })
    child.unref()
    const ended = new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message))
      child.on('exit', (code, signal) => resolve(`ended with ${signal ?? code}`))
    })
    return { pid: child.pid ?? 0, ended }
  } finally {
    fs.closeSync(log)
  }
}

/**
 * Starts a shell that stops the server when it has had no clients for a while: after a kill -9 of Assay nothing else would.
 * It ends with the server.
 */
export function watchIdle(options: { pid: number; socketDir: string; idleStopMs: number; launch: Launch }): void {
  const limit = Math.max(1, Math.round(options.idleStopMs / 1000))
  const pause = Math.max(1, Math.floor(limit / 20))
  const script = fs.readFileSync(IDLE_WATCH, 'utf8')
  const values = [options.pid, socketPath(options.socketDir), limit, pause].map(String)
  const [file, ...args] = wrap(options.launch, '/bin/sh', ['-c', script, 'idle-watch', ...values])
  spawn(file, args, { ...options.launch.ids, cwd: '/', detached: true, env: serverEnvironment(), stdio: 'ignore' })
    .on('error', () => {})
    .unref()
}

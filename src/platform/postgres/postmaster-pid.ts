import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** What a server writes into its data directory about itself. */
export type Postmaster = { pid: number; socketDir: string; isReady: boolean }

/** The server of a data directory as its `postmaster.pid` tells it; the file outlives a server that was killed. */
export function readPostmaster(dataDir: string): Postmaster | undefined {
  const lines = readLines(dataDir)
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined
  return { pid, socketDir: lines[4] ?? '', isReady: lines[7]?.trim() === 'ready' }
}

/** Whether the process is alive and is the server of this data directory, not a stranger that got its number since. */
export function isPostmaster(pid: number, dataDir: string): boolean {
  try {
    return commandLine(pid).includes(`-D ${dataDir}`)
  } catch {
    return false
  }
}

/** Readable for every user on Linux; empty for a process that has ended but whose parent has not looked yet. */
function commandLine(pid: number): string {
  if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const NO_PROCESS = 2_147_483_646

/**
 * PostgreSQL refuses to start while a process with the noted number exists, and in a container the numbers come again at
 * every start. Notes a number that no process has; the rest stays, because by it PostgreSQL finds survivors of the old server.
 */
export function disownPidFile(dataDir: string): void {
  const lines = readLines(dataDir)
  if (lines) fs.writeFileSync(pidFile(dataDir), [NO_PROCESS, ...lines.slice(1)].join('\n'))
}

function readLines(dataDir: string): string[] | undefined {
  try {
    return fs.readFileSync(pidFile(dataDir), 'utf8').split('\n')
  } catch {
    return undefined
  }
}

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'postmaster.pid')
}

import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import {
  closeDatabase,
  describeConfig,
  isEmbeddedRunning,
  isEmbeddedSupported,
  openDatabase,
  readRuntime,
  type Config,
} from '../../platform/index.ts'
import type { DatabaseFacts, HomeFacts } from './checks.ts'

/** Reads what is to be known of the home; changes nothing. */
export function readHome(home: string): HomeFacts {
  let nearest = home
  while (!fs.existsSync(nearest)) nearest = path.dirname(nearest)
  const disk = fs.statfsSync(nearest)
  const pid = readRuntime(home)?.pid
  return {
    path: home,
    exists: nearest === home,
    isWritable: isWritable(nearest),
    diskFreeBytes: disk.bavail * disk.bsize,
    runningPid: pid !== undefined && isAlive(pid) ? pid : undefined,
  }
}

function isWritable(directory: string): boolean {
  try {
    fs.accessSync(directory, fs.constants.W_OK | fs.constants.X_OK)
    return true
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** What the machine has, or its container may use. */
export function readMemoryBytes(): number {
  return Math.min(os.totalmem(), process.constrainedMemory() || Infinity)
}

/** Looks for the server of the home without starting one, or asks the outside one for its version. */
export async function readDatabase(config: Config): Promise<DatabaseFacts> {
  if (config.databaseUrl === undefined) {
    const isSupported = isEmbeddedSupported()
    const isRunning = isSupported && isEmbeddedRunning(config.home)
    return { kind: 'embedded', isSupported, isRunning }
  }
  const url = String(describeConfig(config).databaseUrl)
  const db = openDatabase({ connectionString: config.databaseUrl }, { max: 1, name: 'assay doctor' })
  try {
    const { rows } = await db.$client.query(`select current_setting('server_version_num')::int / 10000 as version`)
    return { kind: 'outside', version: rows[0].version, url }
  } catch (error) {
    return { kind: 'outside', problem: (error as Error).message || String((error as NodeJS.ErrnoException).code), url }
  } finally {
    await closeDatabase(db)
  }
}

/** Whether the port could be listened on; looks by listening for a moment. */
export function readPort(
  config: Pick<Config, 'host' | 'port' | 'home'>,
): Promise<'nobody' | 'this home' | 'another' | 'not allowed'> {
  const server = net.createServer()
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return resolve('not allowed')
      const isOurs =
        readRuntime(config.home)?.url.endsWith(`:${config.port}`) === true &&
        readHome(config.home).runningPid !== undefined
      resolve(isOurs ? 'this home' : 'another')
    })
    server.listen(config.port, config.host, () => server.close(() => resolve('nobody')))
  })
}

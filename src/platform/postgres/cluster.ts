import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { AssayError } from '../../errors/index.ts'
import { handOver, serverEnvironment, wrap, type Launch } from './launch.ts'
import type { Native } from './native.ts'
import { isAlive } from './postmaster-pid.ts'

/** Superuser of the embedded server, and the name of Assay's database in it. */
export const ASSAY = 'assay'

/**
 * Makes the data directory, unless it is there. It is built under another name and renamed when complete, so a crash leaves
 * nothing half-made under the real one; of two processes that do this at once, one wins and the other uses its result.
 */
export async function ensureCluster(dataDir: string, options: { native: Native; launch: Launch; isDurable: boolean }) {
  if (fs.existsSync(path.join(dataDir, 'PG_VERSION'))) return handOver(options.launch, dataDir)
  const parent = path.dirname(dataDir)
  for (const entry of fs.readdirSync(parent)) {
    if (isAbandoned(entry)) fs.rmSync(path.join(parent, entry), { recursive: true, force: true })
  }
  const fresh = path.join(parent, `${NEW}${process.pid}`)
  fs.mkdirSync(fresh, { mode: 0o700 })
  handOver(options.launch, fresh)
  await runInitdb(fresh, options)
  try {
    fs.renameSync(fresh, dataDir)
  } catch (error) {
    fs.rmSync(fresh, { recursive: true, force: true })
    if (!fs.existsSync(path.join(dataDir, 'PG_VERSION'))) throw error
  }
}

const NEW = 'data.new-'

function isAbandoned(entry: string): boolean {
  const maker = Number(entry.slice(NEW.length))
  return entry.startsWith(NEW) && (maker === process.pid || !isAlive(maker))
}

async function runInitdb(dataDir: string, options: { native: Native; launch: Launch; isDurable: boolean }) {
  const [file, ...args] = wrap(options.launch, options.native.initdb, [
    `--pgdata=${dataDir}`,
    `--username=${ASSAY}`,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-instructions',
    options.isDurable ? '--sync-method=fsync' : '--no-sync',
  ])
  const child = spawn(file, args, {
    ...options.launch.ids,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exit = new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  const stderr = await text(child.stderr)
  const status = await exit
  if (status === 0) return
  const reason = `initdb ended with ${status}: ${stderr.trim() || 'it said nothing'}`
  throw new AssayError('EMBEDDED_POSTGRES_FAILED', { directory: dataDir, reason })
}

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'

const LAUNCHER = path.resolve(import.meta.dirname, '../../../bin/assay.js')
/** What would lead the child to another database, home or port than its own. */
const FOREIGN = [
  'ASSAY_HOME',
  'ASSAY_HOST',
  'ASSAY_PORT',
  'PORT',
  'DATABASE_URL',
  'ARTIFACT_URL',
  'ASSAY_URL',
  'ASSAY_KEY',
]
const START_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 30_000
const KEPT_LINES = 40

/** `assay start` as a process of its own. */
export type AssayProcess = {
  url: string
  pid: number
  /** of the administrator; only from the first start of a home */
  firstKey: string | null
  /** Resolves when the process has ended, however. */
  ended: Promise<void>
  kill(signal: NodeJS.Signals): void
  /** Ends it as Ctrl-C would, and by force when it does not. */
  stop(): Promise<void>
}

/**
 * Starts Assay in a home with nothing of the surroundings' configuration; resolves when it is ready.
 * @param options.port any free one when not given
 * @param options.env settings of this process
 * @throws ASSAY_NOT_STARTED with the end of its log
 */
export function startAssayProcess(options: {
  home: string
  port?: number
  env?: Record<string, string>
}): Promise<AssayProcess> {
  const inherited = Object.entries(process.env).filter(([name]) => !FOREIGN.includes(name))
  const port = String(options.port ?? 0)
  const child = spawn(process.execPath, [LAUNCHER, 'start', '--json', '--home', options.home, '--port', port], {
    cwd: options.home,
    env: { ...Object.fromEntries(inherited), ASSAY_LOG_FORMAT: 'json', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  createInterface(child.stderr).on('line', (line) => {
    log.push(line)
    if (log.length > KEPT_LINES) log.shift()
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))

  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      child.kill('SIGKILL')
      reject(new AssayError('ASSAY_NOT_STARTED', { home: options.home, reason: [reason, ...log].join('\n') }))
    }
    const timer = setTimeout(() => fail(`not ready within ${START_TIMEOUT_MS / 1_000} s`), START_TIMEOUT_MS)
    child.once('error', (error) => fail(error.message))
    void ended.then(() => fail(`ended with ${child.exitCode ?? child.signalCode}`))
    createInterface(child.stdout).once('line', (line) => {
      // A start that is refused says why in the same place, and ends.
      const { url, firstKey } = JSON.parse(line) as { url?: string; firstKey: string | null }
      if (url === undefined) return
      clearTimeout(timer)
      const kill = (signal: NodeJS.Signals) => void child.kill(signal)
      resolve({
        url,
        firstKey,
        pid: child.pid!,
        ended,
        kill,
        async stop() {
          kill('SIGINT')
          const force = setTimeout(() => kill('SIGKILL'), STOP_TIMEOUT_MS)
          await ended
          clearTimeout(force)
        },
      })
    })
  })
}

import { AssayError } from '../errors/index.ts'
import { createLogger, loadConfig, readRuntime, type Config, type Logger } from '../platform/index.ts'
import { createClient, type Client } from './client.ts'
import { createOutput, type Output, type Streams } from './output.ts'

/** A process that was started: what `main.ts` gives back. */
export type Assay = { url: string; config: Config; stop(): Promise<void>; firstKey?: string }
export type StartAssay = (options: { config: Config; role: 'start' | 'worker'; log: Logger }) => Promise<Assay>

/** What a command stands on; tests put their own in place. */
export type Shell = Streams & {
  env: Record<string, string | undefined>
  cwd: string
  /** Loads everything else only when a command needs it: `--help` answers at once. */
  loadMain: () => Promise<{ startAssay: StartAssay }>
  /** Aborted by Ctrl-C and SIGTERM. */
  signal: AbortSignal
  /** The exit code of a command that did its work and found something amiss. */
  setExitCode(code: number): void
}

/** Options that every command has. */
export type CommonOptions = {
  json?: boolean
  home?: string
  url?: string
  key?: string
  logLevel?: string
  config?: Record<string, unknown>
}

/** A command's surroundings: configuration, output and the server it speaks to. */
export type Context = {
  shell: Shell
  output: Output
  loadConfig(flags?: Record<string, unknown>): Config
  /** Runs `work` with a client of the server that runs in the home, or at `--url`. @throws SERVER_NOT_RUNNING */
  withServer<T>(work: (client: Client) => Promise<T>): Promise<T>
  /** As `withServer`; where none runs, one is started for the time of the call. */
  withServerStarted<T>(work: (client: Client) => Promise<T>): Promise<T>
}

export function createContext(shell: Shell, options: CommonOptions): Context {
  const output = createOutput(shell, options.json ?? false)
  const load = (flags: Record<string, unknown> = {}) =>
    loadConfig({
      env: shell.env,
      cwd: shell.cwd,
      flags: { home: options.home, logLevel: options.logLevel, ...flags },
      isTerminal: output.isTerminal,
    })
  const key = options.key ?? (shell.env.ASSAY_KEY || undefined)

  /** Where a server is said to be; whether it is there shows when it is called. */
  function findUrl(config: Config): string | undefined {
    return options.url ?? (shell.env.ASSAY_URL || undefined) ?? readRuntime(config.home)?.url
  }

  return {
    shell,
    output,
    loadConfig: load,
    async withServer(work) {
      const config = load()
      const url = findUrl(config) ?? `http://${config.host}:${config.port}`
      return work(createClient({ url, key }))
    },
    async withServerStarted(work) {
      const config = load({ port: 0, sampleData: false })
      const url = findUrl(config)
      if (url && ((await answers(url)) || options.url)) return work(createClient({ url, key }))
      output.note(`No Assay runs in ${config.home}: starting one for this call.`)
      const { startAssay } = await shell.loadMain()
      const assay = await startAssay({ config, role: 'start', log: quietLogger() })
      try {
        return await work(createClient({ url: assay.url, key: key ?? assay.firstKey }))
      } finally {
        await assay.stop()
      }
    },
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    await createClient({ url }).get('/health')
    return true
  } catch (error) {
    if (error instanceof AssayError && error.code === 'SERVER_NOT_RUNNING') return false
    throw error
  }
}

/** Beside a command only what went wrong is worth a line. */
const quietLogger = () => createLogger({ level: 'error', format: 'pretty' })

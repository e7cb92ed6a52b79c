import type { Command } from 'commander'
import { createLogger, type Config } from '../../platform/index.ts'
import type { Assay, Context } from '../context.ts'
import { readVersion } from '../version.ts'

type StartFlags = {
  host?: string
  port?: string
  databaseUrl?: string
  sampleData?: boolean
  threads?: string
  logFormat?: string
}

type Connect = (command: Command) => Context

/** `assay start` and `assay worker`: the two that stay. */
export function addStartCommands(program: Command, connect: Connect): void {
  program
    .command('start')
    .description('start Assay: API, web UI, one worker and the embedded PostgreSQL')
    .option('--host <host>', 'name or address to listen on (127.0.0.1)')
    .option('--port <port>', 'port to listen on, 0 for any free one (8000)')
    .option('--database-url <url>', 'an outside PostgreSQL 16 or newer instead of the embedded one')
    .option('--no-sample-data', 'do not train on and stream synthetic claims')
    .option('--threads <n>', 'threads of a training (all cores)')
    .option('--log-format <format>', 'json or pretty')
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay start\n  $ assay start --home /srv/assay --port 9000 --no-sample-data',
    )
    .action(async (flags: StartFlags, command: Command) => {
      const context = connect(command)
      const { sampleData, ...rest } = flags
      const config = context.loadConfig({ ...rest, ...(sampleData === false ? { sampleData } : {}) })
      await runUntilStopped(context, config, { role: 'start', tell: tellStarted })
    })

  program
    .command('worker')
    .description('take pipeline steps from the queues of another Assay: same home, or same DATABASE_URL')
    .option('--database-url <url>', 'the PostgreSQL that is shared')
    .option('--threads <n>', 'threads of a training (all cores)')
    .option('--log-format <format>', 'json or pretty')
    .addHelpText(
      'after',
      '\nExample:\n  $ DATABASE_URL=postgres://assay@db/assay ARTIFACT_URL=file:///mnt/artifacts assay worker',
    )
    .action(async (flags: StartFlags, command: Command) => {
      const context = connect(command)
      await runUntilStopped(context, context.loadConfig(flags), { role: 'worker', tell: tellWorking })
    })
}

/** Starts, tells, waits for Ctrl-C or SIGTERM, and stops cleanly. */
async function runUntilStopped(
  context: Context,
  config: Config,
  { role, tell }: { role: 'start' | 'worker'; tell: (context: Context, assay: Assay) => void },
): Promise<void> {
  const { shell } = context
  const log = createLogger({ level: config.logLevel, format: config.logFormat === 'json' ? 'json' : 'pretty' })
  const { startAssay } = await shell.loadMain()
  const assay = await startAssay({ config, role, log })
  tell(context, assay)
  if (!shell.signal.aborted) await new Promise((resolve) => shell.signal.addEventListener('abort', resolve))
  context.output.note('Stopping. What is cut goes on at the next start.')
  await assay.stop()
}

function tellStarted({ output }: Context, { url, config, firstKey }: Assay): void {
  const { home, sampleData } = config
  const lines = [
    `Assay ${readVersion()} is ready at ${url}`,
    `  Home       ${home}`,
    firstKey &&
      `  Admin key  ${firstKey}\n             Shown this once. Calls from this machine need none unless trustLoopback is off.`,
    sampleData &&
      `  Next       Synthetic claims flow, and the first model is trained on them: watch it in the browser.`,
    !sampleData && `  Next       Start a pipeline: assay train --data claims.csv --target outcome`,
    `  Stop       Ctrl-C`,
  ]
  output.result({ url, home, pid: process.pid, firstKey: firstKey ?? null }, lines.filter(Boolean).join('\n'))
}

function tellWorking({ output }: Context, { config }: Assay): void {
  output.result({ home: config.home, pid: process.pid }, `This worker takes steps for ${config.home}. Stop: Ctrl-C`)
}

import type { Command } from 'commander'
import { setTimeout as sleep } from 'node:timers/promises'
import { AssayError } from '../../errors/index.ts'
import type { LogLine, RunDetail, RunSummary } from '../../pipelines/index.ts'
import type { Client } from '../client.ts'
import type { Context } from '../context.ts'
import { formatDuration, formatTable } from '../output.ts'
import { describeRun, runExitCode, watchRun, withBranches } from '../watch-run.ts'

type Connect = (command: Command) => Context
type WaiveFlags = { gate: string; reason: string }
/** What a command does, once it is known which run is meant. */
type RunAction<Flags> = (at: { client: Client; context: Context; runId: string; flags: Flags }) => Promise<void>

/** `assay pipeline ...`: everything that the API lets one do with runs. */
export function addPipelineCommands(program: Command, connect: Connect): void {
  const pipeline = program
    .command('pipeline')
    .description('start, watch and steer pipeline runs; RUN is an id, or "latest"')
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay pipeline start --watch\n  $ assay pipeline approve latest --reason "AUC and fairness are fine"\n  $ assay pipeline logs latest --follow',
    )
  addList(pipeline, connect)
  addStart(pipeline, connect)
  addReading(pipeline, connect)
  addSteering(pipeline, connect)
  addRollback(pipeline, connect)
}

function addList(pipeline: Command, connect: Connect): void {
  pipeline
    .command('list')
    .description('runs, newest first')
    .option('--limit <n>', 'how many', '20')
    .option('--state <state>', 'only those that are running, waiting, failed, ...')
    .action(async (flags: { limit: string; state?: string }, command: Command) => {
      const { output, withServer } = connect(command)
      const page = await withServer((client) => client.get<{ items: RunSummary[] }>('/pipeline/runs', flags))
      const rows = page.items.map((run) => [
        run.id,
        run.project,
        run.state,
        run.trigger,
        run.createdAt.slice(0, 19).replace('T', ' '),
        formatDuration(run.durationMs),
        run.waitingFor ?? run.failure?.code ?? '',
      ])
      const head = ['run', 'project', 'state', 'trigger', 'started (UTC)', 'took', 'note']
      output.result(page, rows.length > 0 ? formatTable([head, ...rows]) : 'No run yet: assay pipeline start')
    })
}

function addStart(pipeline: Command, connect: Connect): void {
  pipeline
    .command('start')
    .description('start a run')
    .option('--project <name>', 'an example by name, or the folder of a project (the shipped one)')
    .option('--message <text>', 'commit message that the run carries')
    .option('--ci-only', 'end after CI; "continue" goes on with CD')
    .option('--watch', 'follow it until it ends or waits')
    .action(
      async (flags: { project?: string; message?: string; ciOnly?: boolean; watch?: boolean }, command: Command) => {
        const context = connect(command)
        await context.withServer(async (client) => {
          const { project, message, ciOnly } = flags
          const body = { project, ciOnly, ...(message ? { commit: { message } } : {}) }
          const { runId } = await client.post<{ runId: string }>('/pipeline/start', body)
          if (flags.watch) return follow(client, context, runId)
          context.output.result({ runId }, `Run ${runId} is started: assay pipeline watch ${runId}`)
        })
      },
    )
}

function addReading(pipeline: Command, connect: Connect): void {
  pipeline
    .command('status <run>')
    .description('a run with its steps')
    .action(
      onRun(connect, async ({ client, context, runId }) => {
        const run = await client.get<RunDetail>(`/pipeline/${runId}/status`)
        const rows = run.steps
          .flatMap(withBranches)
          .map((step) => [step.group, step.title, step.state, formatDuration(step.durationMs)])
        context.output.result(
          run,
          `${describeRun(run)}\n\n${formatTable([['group', 'step', 'state', 'took'], ...rows])}`,
        )
      }),
    )
  pipeline
    .command('watch <run>')
    .description(
      'follow a run until it ends or waits for a person; exit code 1 when it failed, 8 when it was cancelled',
    )
    .action(onRun(connect, ({ client, context, runId }) => follow(client, context, runId)))
  pipeline
    .command('logs <run>')
    .description('the log of a run')
    .option('--after <seq>', 'lines after this number', '0')
    .option('--follow', 'go on until the run ends')
    .action(onRun(connect, showLogs))
}

async function showLogs({
  client,
  context: { shell, output },
  runId,
  flags,
}: Parameters<RunAction<{ after: string; follow?: boolean }>>[0]): Promise<void> {
  const items: LogLine[] = []
  for (let after = Number(flags.after); ;) {
    // The state is read first: lines written before the end are then not missed.
    const { state } = await client.get<RunDetail>(`/pipeline/${runId}/status`)
    const page = await client.get<{ items: LogLine[]; last: number }>(`/pipeline/${runId}/logs`, { after })
    after = page.last
    if (output.isJson) items.push(...page.items)
    else for (const line of page.items) shell.out.write(`${logLine(line)}\n`)
    if (page.items.length > 0) continue
    if (!flags.follow || shell.signal.aborted || ['succeeded', 'failed', 'cancelled'].includes(state)) break
    await sleep(500, undefined, { signal: shell.signal }).catch(() => {})
  }
  if (output.isJson) output.result({ items }, '')
}

const logLine = ({ at, level, step, text }: LogLine) =>
  `${at.slice(11, 23)} ${level.toUpperCase().padEnd(5)} ${step.padEnd(16)} ${text}`

function addSteering(pipeline: Command, connect: Connect): void {
  for (const decision of ['approve', 'reject'] as const) {
    pipeline
      .command(`${decision} <run>`)
      .description(`${decision} the version that a run waits with`)
      .requiredOption('--reason <text>', 'why; kept with the decision')
      .action(
        onRun(
          connect,
          act<{ reason: string }>(decision, ({ reason }) => ({ reason })),
        ),
      )
  }
  pipeline
    .command('waive <run>')
    .description('lift gates that stopped a run; it goes on once nothing blocks it any more')
    .requiredOption('--gate <ids>', 'gates, separated by commas; one that ends with * means all that begin so')
    .requiredOption('--reason <text>', 'why; kept with the decision, with your name')
    .action(
      onRun(connect, async ({ client, context, runId, flags }: Parameters<RunAction<WaiveFlags>>[0]) => {
        const gates = flags.gate.split(',').map((gate) => gate.trim())
        const run = await client.post<RunDetail>(`/pipeline/${runId}/waivers`, { gates, reason: flags.reason })
        context.output.result(run, describeRun(run))
      }),
    )
  for (const [name, description] of [
    ['continue', 'go on with CD after a run that ended with CI'],
    ['cancel', 'cancel a run, the running step included'],
    ['retry', 'go on at the failed step; finished steps are not repeated'],
  ] as const) {
    pipeline
      .command(`${name} <run>`)
      .description(description)
      .action(
        onRun(
          connect,
          act(name, () => ({})),
        ),
      )
  }
}

function act<Flags>(name: string, bodyOf: (flags: Flags) => object): RunAction<Flags> {
  return async ({ client, context, runId, flags }) => {
    const run = await client.post<RunDetail>(`/pipeline/${runId}/${name}`, bodyOf(flags))
    context.output.result(run, describeRun(run))
  }
}

function addRollback(pipeline: Command, connect: Connect): void {
  pipeline
    .command('rollback')
    .description('put the previous champion back, at once')
    .requiredOption('--reason <text>', 'why; kept with the decision')
    .option('--model <name>', 'the model (the shipped one)')
    .action(async (flags: { reason: string; model?: string }, command: Command) => {
      const { output, withServer } = connect(command)
      type Answer = { model: string; from: string; to: string; durationMs: number }
      const back = await withServer((client) => client.post<Answer>('/pipeline/rollback', flags))
      output.result(
        back,
        `${back.model} is back from ${back.from} to ${back.to}, in ${formatDuration(back.durationMs)}`,
      )
    })
}

async function follow(client: Client, context: Context, runId: string): Promise<void> {
  const run = await watchRun({ client, output: context.output, signal: context.shell.signal }, runId)
  context.output.result(run, describeRun(run))
  context.shell.setExitCode(runExitCode(run))
}

/** Wraps an action on one run: finds the server, and what "latest" means. */
function onRun<Flags>(connect: Connect, action: RunAction<Flags>) {
  return async (run: string, flags: Flags, command: Command) => {
    const context = connect(command)
    await context.withServer(async (client) => {
      await action({
        client,
        context,
        flags,
        runId: run === 'latest' ? await latestRun(client) : encodeURIComponent(run),
      })
    })
  }
}

async function latestRun(client: Client): Promise<string> {
  const { items } = await client.get<{ items: RunSummary[] }>('/pipeline/runs', { limit: 1 })
  if (!items[0]) throw new AssayError('NOT_FOUND', { what: 'Run', id: 'latest' })
  return items[0].id
}

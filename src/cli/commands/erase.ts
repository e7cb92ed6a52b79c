import type { Command } from 'commander'
import type { Erasure, Finding } from '../../privacy/index.ts'
import type { Context } from '../context.ts'
import { formatTable } from '../output.ts'
import { runExitCode, watchRun } from '../watch-run.ts'

type Connect = (command: Command) => Context
type Search = { findings: Finding[]; nKeys: number }

/** `assay data find` and `assay data erase`: what is held of a person, and erasing it. */
export function addErasureCommands(program: Command, connect: Connect): void {
  const data = program.commands.find((command) => command.name() === 'data') ?? program.command('data')
  if (data.description() === '') data.description('data that is held, and whom it is about')
  data
    .command('find')
    .description('what is held of a person: rows, files, predictions, keys')
    .requiredOption('--subject <id>', 'the person as callers and sources write it')
    .addHelpText('after', '\nExample:\n  $ assay data find --subject M-4711')
    .action(async ({ subject }: { subject: string }, command: Command) => {
      const { output, withServerStarted } = connect(command)
      const answer = await withServerStarted((client) => client.post<Search>('/privacy/search', { subject }))
      output.result(answer, describeSearch(answer))
    })
  data
    .command('erase')
    .description('erase a person: dataset versions without it, its keys destroyed, checked and reported')
    .requiredOption('--subject <id>', 'the person as callers and sources write it')
    .requiredOption('--reason <text>', 'why; it is kept, so it names nobody')
    .addHelpText('after', '\nExample:\n  $ assay data erase --subject M-4711 --reason "request 2026-17"')
    .action(async (request: { subject: string; reason: string }, command: Command) => {
      const { shell, output, withServerStarted } = connect(command)
      await withServerStarted(async (client) => {
        const { id, runId } = await client.post<Erasure>('/privacy/erasures', request)
        output.note(`Erasure ${id}, run ${runId}`)
        const run = await watchRun({ client, output, signal: shell.signal }, runId!)
        const erasure = await client.get<Erasure>(`/privacy/erasures/${id}`)
        output.result(erasure, describeErasure(erasure, run.failure?.message))
        shell.setExitCode(runExitCode(run))
      })
    })
}

function describeSearch({ findings, nKeys }: Search): string {
  const keys = `${nKeys} keys that its inputs are sealed with.`
  if (findings.length === 0) return `Nothing is held of this person. ${keys}`
  const rows = findings.map(({ room, kind, id, count }) => [room, kind, id, String(count)])
  return `${formatTable([['room', 'what', 'id', 'rows'], ...rows])}\n${keys}`
}

function describeErasure({ id, report }: Erasure, failure: string | undefined): string {
  if (!report) return `Erasure ${id} is not finished${failure ? `: ${failure}` : '.'}`
  const { erased, nKeysDestroyed, models, sources, unsearched } = report
  const lines = [
    `Erasure ${id} is finished and was checked: nothing is left.`,
    ...erased.map(({ outcome, kind, id: what, count }) => `  ${outcome.padEnd(9)} ${kind} ${what} (${count})`),
    `  destroyed ${nKeysDestroyed} keys`,
    ...models.map(
      ({ model, version, stage }) => `  Model ${model} ${version} (${stage}) learned from rows of this person.`,
    ),
    ...sources.map(({ source }) => `  The source ${source} lies outside the home and was not touched.`),
    ...unsearched.map((version) => `  Dataset ${version.slice(0, 12)} has no column of subjects: it was not searched.`),
  ]
  return lines.join('\n')
}

import type { Command } from 'commander'
import path from 'node:path'
import type { DatasetDiff, DatasetVersion, QuarantinedRow, SplitMethod, StoredSplit } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import type { Client } from '../client.ts'
import type { Context } from '../context.ts'
import { describeDiff } from '../data/describe-diff.ts'
import { describeImport } from '../data/describe-findings.ts'
import { addSourceFlags, readSourceFlags, readTextFile, type SourceFlags } from '../data/source-flags.ts'
import { formatTable } from '../output.ts'
import { addLocalDataCommands } from './data-local.ts'
import { describeRun, runExitCode, watchRun } from '../watch-run.ts'

type Connect = (command: Command) => Context

type ImportFlags = SourceFlags & {
  name?: string
  target?: string
  positive?: string
  id?: string
  time?: string
  subject?: string
  group?: string
  protected?: string
  drop?: string
  inferContract?: boolean
  wait: boolean
}

/** `assay data ...`: what comes in, what is wrong with it, and what is there. */
export function addDataCommands(program: Command, connect: Connect): void {
  const data = program
    .command('data')
    .description('import data, look at its versions and at what was kept out of them')
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay data import claims.csv --target fraud --positive Y\n  $ assay data import --source warehouse.yaml --name claims\n  $ assay data profile claims.csv\n  $ assay data validate claims.csv --contract contract.yaml\n  $ assay data list\n  $ assay data quarantine 3f2a',
    )
  addImport(data, connect)
  addLocalDataCommands(data, connect)
  addList(data, connect)
  addQuarantine(data, connect)
  addDiff(data, connect)
  addSplit(data, connect)
}

function addImport(data: Command, connect: Connect): void {
  addSourceFlags(data.command('import [file]'), 'the newest of the dataset when left out, at first inferred')
    .description('make a dataset version of a file or another source; a source file is YAML as docs/sources.md says')
    .option('--name <name>', 'of the dataset (the file’s)')
    .option('--target <column>', 'what is to be predicted; may be chosen later')
    .option('--positive <value>', 'value of the target that is looked for')
    .option('--id <column>', 'tells the rows apart')
    .option('--time <column>', 'when the claim arose')
    .option('--subject <column>', 'the person a row is about, for erasure')
    .option('--group <column>', 'rows that belong together')
    .option('--protected <columns>', 'protected attributes, separated by commas')
    .option('--drop <columns>', 'columns to leave out, separated by commas')
    .option('--infer-contract', 'infer a contract anew, though the dataset has one')
    .option('--no-wait', 'start the import and come back at once (the server has to run)')
    .action(async (file: string | undefined, flags: ImportFlags, command: Command) => {
      const { shell, output, withServer, withServerStarted } = connect(command)
      const body = await importRequest(file, flags, shell.cwd)
      const start = (client: Client) => client.post<{ runId: string }>('/data/imports', body)
      if (!flags.wait) {
        const { runId } = await withServer(start)
        return output.result({ runId }, `Run ${runId} is started: assay pipeline watch ${runId}`)
      }
      await withServerStarted(async (client) => {
        const { runId } = await start(client)
        output.note(`Run ${runId}`)
        const run = await watchRun({ client, output, signal: shell.signal }, runId)
        shell.setExitCode(runExitCode(run))
        if (run.state !== 'succeeded') return output.result(run, describeRun(run))
        type Step = { outputs: Parameters<typeof describeImport>[0] }
        const { outputs } = await client.get<Step>(`/pipeline/${runId}/steps/import_dataset`)
        output.result(outputs, describeImport(outputs))
      })
    })
}

/** The body of `POST /data/imports`; paths are made absolute, for the server may stand elsewhere. */
async function importRequest(
  file: string | undefined,
  { source, contract, protected: protectedColumns, drop, wait: _, ...rest }: ImportFlags,
  cwd: string,
): Promise<Record<string, unknown>> {
  return {
    ...rest,
    source: await readSourceFlags(file, { source }, cwd),
    contract: contract && (await readTextFile(path.resolve(cwd, contract))),
    protected: list(protectedColumns),
    drop: list(drop),
  }
}

const list = (text: string | undefined) => text?.split(',').map((entry) => entry.trim())

function addList(data: Command, connect: Connect): void {
  data
    .command('list')
    .description('dataset versions, newest first')
    .option('--limit <n>', 'how many', '20')
    .action(async (flags: { limit: string }, command: Command) => {
      const { output, withServer } = connect(command)
      const page = await withServer((client) => client.get<{ items: DatasetVersion[] }>('/datasets', flags))
      const rows = page.items.map(({ id, name, nRows, nColumns, nQuarantined, createdAt }) => [
        id.slice(0, 12),
        name,
        nRows,
        nColumns,
        nQuarantined,
        createdAt.slice(0, 16).replace('T', ' '),
      ])
      const head = ['version', 'dataset', 'rows', 'columns', 'quarantined', 'made (UTC)']
      output.result(page, rows.length > 0 ? formatTable([head, ...rows]) : 'No data yet: assay data import FILE')
    })
}

function addQuarantine(data: Command, connect: Connect): void {
  data
    .command('quarantine <version>')
    .description('rows that broke the contract of a version, with the reasons')
    .option('--reason <code>', 'only those: a code, or code and column such as RANGE_BREACH:amount')
    .option('--limit <n>', 'how many', '20')
    .action(async (version: string, flags: { reason?: string; limit: string }, command: Command) => {
      const { output, withServer } = connect(command)
      type Page = { items: QuarantinedRow[]; nextCursor: string | null }
      const page = await withServer(async (client) =>
        client.get<Page>(`/datasets/${await fullId(client, version)}/quarantine`, flags),
      )
      const lines = page.items.map(
        ({ row, reasons, values }) =>
          `row ${row}: ${reasons.map(({ message }) => message).join(' ')}\n  ${JSON.stringify(values)}`,
      )
      if (page.nextCursor !== null) lines.push('There are more: --limit shows them.')
      output.result(page, lines.length > 0 ? lines.join('\n') : 'No row is in quarantine.')
    })
}

function addDiff(data: Command, connect: Connect): void {
  data
    .command('diff <version> <other>')
    .description('what changed from a version to another: columns, rows, distributions')
    .action(async (version: string, other: string, _: object, command: Command) => {
      const { output, withServer } = connect(command)
      const diff = await withServer(async (client) =>
        client.get<DatasetDiff>(`/datasets/${await fullId(client, version)}/diff/${await fullId(client, other)}`),
      )
      output.result(diff, describeDiff(diff))
    })
}

type SplitFlags = { name: string; by: string; folds: string; testShare: string; seed: string }

function addSplit(data: Command, connect: Connect): void {
  data
    .command('split <version>')
    .description('divide a version under a name, for trainings that are to be compared: --folds split:NAME')
    .requiredOption('--name <name>', 'stands for this split from then on')
    .requiredOption('--by <method>', 'stratified, group:COLUMN, given:FILE (folds), hash or time (a hold-out)')
    .option('--folds <n>', 'of stratified and group', '5')
    .option('--test-share <share>', 'of hash and time', '0.2')
    .option('--seed <n>', 'of stratified and group', '42')
    .action(async (version: string, flags: SplitFlags, command: Command) => {
      const { shell, output, withServer } = connect(command)
      const body = { name: flags.name, method: methodOf(flags, shell.cwd) }
      const split = await withServer(async (client) =>
        client.post<StoredSplit>(`/datasets/${await fullId(client, version)}/splits`, body),
      )
      output.result(split, `Split ${split.name}: ${split.counts.join(', ')} rows`)
    })
}

/** @throws USAGE_INVALID */
function methodOf({ by, folds, testShare, seed }: SplitFlags, cwd: string): SplitMethod {
  const [kind, ...rest] = by.split(':')
  const of = rest.join(':')
  const many = { nFolds: Number(folds), seed: Number(seed) }
  if (by === 'stratified') return { kind: by, ...many }
  if (by === 'hash' || by === 'time') return { kind: by, testShare: Number(testShare) }
  if (kind === 'group' && of !== '') return { kind: 'grouped', column: of, ...many }
  if (kind === 'given' && of !== '') return { kind, source: path.resolve(cwd, of) }
  throw new AssayError('USAGE_INVALID', {
    what: `--by ${by} is no method; wanted stratified, group:COLUMN, given:FILE, hash or time`,
  })
}

/** The version that a beginning of its id means. @throws NOT_FOUND */
async function fullId(client: Client, beginning: string): Promise<string> {
  if (beginning.length === 64) return beginning
  const { items } = await client.get<{ items: DatasetVersion[] }>('/datasets', { limit: 200 })
  const found = items.filter(({ id }) => id.startsWith(beginning))
  if (found.length !== 1)
    throw new AssayError('NOT_FOUND', {
      what: found.length === 0 ? 'Dataset version' : 'One dataset version',
      id: beginning,
    })
  return found[0].id
}

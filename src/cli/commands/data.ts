import type { Command } from 'commander'
import fs from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'
import type { DatasetVersion, SourceSpec } from '../../data/index.ts'
import { AssayError } from '../../errors/index.ts'
import type { Client } from '../client.ts'
import type { Context } from '../context.ts'
import { formatTable } from '../output.ts'
import { describeRun, runExitCode, watchRun } from '../watch-run.ts'

type Connect = (command: Command) => Context

type ImportFlags = {
  source?: string
  name?: string
  contract?: string
  target?: string
  positive?: string
  id?: string
  time?: string
  subject?: string
  group?: string
  protected?: string
  drop?: string
  wait: boolean
}

/** `assay data ...`: what comes in, what is wrong with it, and what is there. */
export function addDataCommands(program: Command, connect: Connect): void {
  const data = program
    .command('data')
    .description('import data, look at its versions and at what was kept out of them')
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay data import claims.csv --target fraud --positive Y\n  $ assay data import --source warehouse.yaml --name claims\n  $ assay data list\n  $ assay data quarantine 3f2a',
    )
  addImport(data, connect)
  addList(data, connect)
}

function addImport(data: Command, connect: Connect): void {
  data
    .command('import [file]')
    .description('make a dataset version of a file or another source; a source file is YAML as docs/sources.md says')
    .option('--source <file>', 'a source in YAML instead of a file: CSV with its dialect, PostgreSQL, HTTP ...')
    .option('--name <name>', 'of the dataset (the file’s)')
    .option('--contract <file>', 'contract in YAML; inferred from the data when left out')
    .option('--target <column>', 'what is to be predicted; may be chosen later')
    .option('--positive <value>', 'value of the target that is looked for')
    .option('--id <column>', 'tells the rows apart')
    .option('--time <column>', 'when the claim arose')
    .option('--subject <column>', 'the person a row is about, for erasure')
    .option('--group <column>', 'rows that belong together')
    .option('--protected <columns>', 'protected attributes, separated by commas')
    .option('--drop <columns>', 'columns to leave out, separated by commas')
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
        type Step = { outputs: { dataset: DatasetVersion; warnings: Finding[]; violations: Finding[] } }
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
  if ((file === undefined) === (source === undefined))
    throw new AssayError('USAGE_INVALID', { what: 'data import needs either a file or --source FILE' })
  return {
    ...rest,
    source: source === undefined ? await sourceOf(path.resolve(cwd, file!)) : await readSpec(path.resolve(cwd, source)),
    contract: contract && (await readText(path.resolve(cwd, contract))),
    protected: list(protectedColumns),
    drop: list(drop),
  }
}

async function sourceOf(file: string): Promise<SourceSpec> {
  // Loaded only here, for the room data is larger than most commands.
  const { sourceOfFile } = await import('../../data/index.ts')
  return sourceOfFile(file)
}

async function readSpec(file: string): Promise<unknown> {
  const text = await readText(file)
  let spec: Record<string, unknown>
  try {
    spec = parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new AssayError('FILE_UNREADABLE', { file, reason: (cause as Error).message }, { cause })
  }
  const at = (name: unknown) => (typeof name === 'string' ? path.resolve(path.dirname(file), name) : name)
  const beside = Array.isArray(spec?.beside)
    ? { beside: spec.beside.map((entry: { path?: unknown }) => ({ ...entry, path: at(entry.path) })) }
    : {}
  return 'path' in Object(spec) ? { ...spec, path: at(spec.path), ...beside } : spec
}

function readText(file: string): Promise<string> {
  return fs.readFile(file, 'utf8').catch((cause: Error) => {
    throw new AssayError('FILE_UNREADABLE', { file, reason: cause.message }, { cause })
  })
}

const list = (text: string | undefined) => text?.split(',').map((entry) => entry.trim())

type Finding = { code: string; column?: string; message: string; count?: number }

function describeImport({
  dataset,
  warnings,
  violations,
}: {
  dataset: DatasetVersion
  warnings: Finding[]
  violations: Finding[]
}): string {
  const lines = [
    `Dataset ${dataset.name}, version ${dataset.id.slice(0, 12)}: ${dataset.nRows} rows x ${dataset.nColumns} columns`,
    `  ${dataset.nQuarantined} rows in quarantine${dataset.nQuarantined > 0 ? `: assay data quarantine ${dataset.id.slice(0, 12)}` : ''}`,
    ...violations.map(({ code, message, count }) => `  ${code}  ${message} (${count} rows)`),
    ...warnings.map(({ code, message }) => `  ${code}  ${message}`),
  ]
  return lines.join('\n')
}

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

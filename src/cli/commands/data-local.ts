import type { Command } from 'commander'
import fs from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import type { Context } from '../context.ts'
import { describeViolations, describeWarnings } from '../data/describe-findings.ts'
import { describeProfile } from '../data/describe-profile.ts'
import { withLocalData, type LocalData } from '../data/read-locally.ts'
import { addSourceFlags, readSourceFlags, readTextFile, type SourceFlags } from '../data/source-flags.ts'
import { formatTable } from '../output.ts'

type Connect = (command: Command) => Context

/** What can be told of data without a server: nothing is kept of it. */
export function addLocalDataCommands(data: Command, connect: Connect): void {
  addValidate(data, connect)
  addProfile(data, connect)
  addContract(data, connect)
}

function addValidate(data: Command, connect: Connect): void {
  addSourceFlags(data.command('validate [file]'))
    .description('hold data against its contract: every rule that is broken, with rows; exit code 1 when one is')
    .addHelpText('after', '\nWithout a server. Example:\n  $ assay data validate claims.csv --contract contract.yaml')
    .action(async (file: string | undefined, flags: SourceFlags, command: Command) => {
      const context = connect(command)
      if (!flags.contract)
        throw new AssayError('USAGE_INVALID', {
          what: 'data validate needs --contract FILE; "assay data contract" makes a first one',
        })
      const { validateLanded, qualityOf } = await import('../../data/index.ts')
      await onSource(context, file, flags, async ({ landed, contract, warnings, directory }) => {
        const { violations, counts } = await validateLanded(landed, contract, { directory })
        const quality = qualityOf(counts)
        const shares = Object.entries(quality).map(([name, value]) => [
          name,
          value === null ? 'not measured' : `${(100 * value).toFixed(2)} %`,
        ])
        const { nRows, nQuarantined } = counts
        const text = [
          `${nRows} rows: ${counts.nValid} meet the contract, ${nQuarantined} would be quarantined`,
          ...describeViolations(violations),
          ...describeWarnings(warnings),
          '',
          formatTable([['quality', ''], ...shares]),
        ].join('\n')
        context.output.result({ nRows, nQuarantined, violations, warnings, quality }, text)
        if (violations.length > 0) context.shell.setExitCode(1)
      })
    })
}

function addProfile(data: Command, connect: Connect): void {
  addSourceFlags(data.command('profile [file]'))
    .description('what is in data: each column with its type, gaps, distinct values, quantiles and frequent values')
    .option('--html <file>', 'also write it with a picture for each column to one HTML file')
    .addHelpText('after', '\nWithout a server. Example:\n  $ assay data profile claims.csv --html profile.html')
    .action(async (file: string | undefined, flags: SourceFlags & { html?: string }, command: Command) => {
      const context = connect(command)
      const { profileDataset, validateLanded } = await import('../../data/index.ts')
      await onSource(context, file, flags, async ({ landed, contract, warnings, directory }) => {
        const { validPath } = await validateLanded(landed, contract, { directory })
        const profile = await profileDataset(validPath, contract, {
          directory,
          progress: (done, total, name) => context.output.progress(`  column ${done} of ${total}, ${name}`),
        })
        if (flags.html !== undefined) {
          const { profileReport } = await import('../data/profile-report.ts')
          const name = path.basename(landed.source.location)
          await writeText(path.resolve(context.shell.cwd, flags.html), profileReport(name, profile, warnings))
          context.output.note(`Written to ${flags.html}`)
        }
        const text = [describeProfile(profile), ...(warnings.length > 0 ? ['', ...describeWarnings(warnings)] : [])]
        context.output.result({ profile, warnings }, text.join('\n'))
      })
    })
}

function addContract(data: Command, connect: Connect): void {
  data
    .command('contract [file]')
    .description('print a contract that the data meets, to be corrected by a person who knows it')
    .option('--source <file>', 'a source in YAML instead of a file')
    .option('--target <column>', 'what is to be predicted')
    .addHelpText(
      'after',
      '\nWithout a server. Example:\n  $ assay data contract claims.csv --target fraud > contract.yaml',
    )
    .action(async (file: string | undefined, flags: SourceFlags & { target?: string }, command: Command) => {
      const context = connect(command)
      const { formatContract } = await import('../../data/index.ts')
      await onSource(context, file, flags, async ({ contract, warnings }) => {
        for (const line of describeWarnings(warnings)) context.output.note(line)
        context.output.result({ contract, warnings }, formatContract(contract).trimEnd())
      })
    })
}

async function onSource(
  { shell, output }: Context,
  file: string | undefined,
  flags: SourceFlags & { target?: string },
  work: (data: LocalData) => Promise<void>,
): Promise<void> {
  const source = await readSourceFlags(file, flags, shell.cwd)
  const contractYaml = flags.contract && (await readTextFile(path.resolve(shell.cwd, flags.contract)))
  await withLocalData(
    { source, contractYaml: contractYaml || undefined, target: flags.target },
    { output, env: shell.env },
    work,
  )
}

function writeText(file: string, text: string): Promise<void> {
  return fs.writeFile(file, text).catch((cause: Error) => {
    throw new AssayError('FILE_UNREADABLE', { file, reason: cause.message }, { cause })
  })
}

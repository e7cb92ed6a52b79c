import type { Command } from 'commander'
import type { ChainVerdict } from '../../platform/index.ts'
import type { Context } from '../context.ts'

const BROKEN = 1

export function addAuditCommands(program: Command, connect: (command: Command) => Context): void {
  program
    .command('audit')
    .description('the record of what was done')
    .command('verify')
    .description('walk the hash chain of events: is every one there, unchanged and in its place?')
    .option('--head <position:hash>', 'a head that was noted before: newer events that were cut off show against it')
    .addHelpText('after', '\nExamples:\n  $ assay audit verify\n  $ assay audit verify --head 4711:8f3c…')
    .action(async (flags: { head?: string }, command: Command) => {
      const { shell, output, withServer } = connect(command)
      const query = flags.head ? `?head=${encodeURIComponent(flags.head)}` : ''
      const verdict = await withServer((client) => client.get<ChainVerdict>(`/audit/chain${query}`))
      output.result(verdict, describe(verdict))
      if (!verdict.intact) shell.setExitCode(BROKEN)
    })
}

function describe({ intact, nEvents, head, fault }: ChainVerdict): string {
  const noted = head ? `\nHead, worth noting elsewhere: ${head.position}:${head.hash}` : ''
  if (intact) return `The chain of ${nEvents} events is intact.${noted}`
  return `The chain is broken at event ${fault!.position} (${fault!.kind}). ${fault!.message}\n${nEvents} events before it are as they were chained.`
}

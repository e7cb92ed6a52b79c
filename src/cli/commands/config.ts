import type { Command } from 'commander'
import { describeConfig } from '../../platform/index.ts'
import type { Context } from '../context.ts'
import { formatTable } from '../output.ts'

export function addConfigCommand(program: Command, connect: (command: Command) => Context): void {
  program
    .command('config')
    .description('show the configuration that counts: file, environment and flags together, without secrets')
    .addHelpText('after', '\nExamples:\n  $ assay config\n  $ ASSAY_PORT=9000 assay config --json')
    .action((_, command: Command) => {
      const { output, loadConfig } = connect(command)
      const shown = describeConfig(loadConfig())
      const rows = Object.entries(shown).map(([name, value]) => [name, value === null ? '-' : String(value)])
      output.result(shown, formatTable([['setting', 'value'], ...rows]))
    })
}

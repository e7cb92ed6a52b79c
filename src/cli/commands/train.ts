import type { Command } from 'commander'
import { AssayError } from '../../errors/index.ts'
import type { Context } from '../context.ts'
import { addProjectFlags, startRequestOf, type ProjectFlags } from '../project-flags.ts'
import { describeRun, runExitCode, watchRun } from '../watch-run.ts'

/** `assay train`: a pipeline run with a project made from the flags. */
export function addTrainCommand(program: Command, connect: (command: Command) => Context): void {
  addProjectFlags(program.command('train'))
    .description('train on a CSV file: a pipeline run with gates, up to its approval')
    .option('--project <name>', 'an example by name, or the folder of a project, instead of --data and --target')
    .option('--no-wait', 'start the run and come back at once (the server has to run)')
    .addHelpText(
      'after',
      '\nExamples:\n  $ assay train --data claims.csv --target fraud --positive Y\n  $ assay train --project vehicle-fraud --data fraud_oracle.csv',
    )
    .action(async (flags: ProjectFlags & { project?: string; wait: boolean }, command: Command) => {
      const { shell, output, withServer, withServerStarted } = connect(command)
      if (!flags.project && !(flags.data && flags.target)) {
        throw new AssayError('USAGE_INVALID', {
          what: 'train needs --data FILE and --target COLUMN, or --project NAME',
        })
      }
      const request = { ...startRequestOf(flags, shell.cwd), project: flags.project }
      if (!flags.wait) {
        const { runId } = await withServer((client) => client.post<{ runId: string }>('/pipeline/start', request))
        return output.result({ runId }, `Run ${runId} is started: assay pipeline watch ${runId}`)
      }
      await withServerStarted(async (client) => {
        const { runId } = await client.post<{ runId: string }>('/pipeline/start', request)
        output.note(`Run ${runId}`)
        const run = await watchRun({ client, output, signal: shell.signal }, runId)
        output.result(run, describeRun(run))
        shell.setExitCode(runExitCode(run))
      })
    })
}

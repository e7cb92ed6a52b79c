import type { Command } from 'commander'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import type { Context } from '../context.ts'
import { runDemo } from '../demo/demo.ts'
import { isWell, type DemoReport } from '../demo/report.ts'
import { formatTable } from '../output.ts'
import { addProjectFlags, startRequestOf, type ProjectFlags } from '../project-flags.ts'

export function addDemoCommand(program: Command, connect: (command: Command) => Context): void {
  addProjectFlags(program.command('demo'))
    .description(
      'the main job end to end in a home and on a port of its own: data, twelve stages, approval, prediction, drift',
    )
    .option('--project <name>', 'an example by name, or the folder of a project')
    .option(
      '--waive <gates>',
      'gates that the reviewer lifts when they stop the run, separated by commas; * at the end',
    )
    .option('--reason <text>', 'with --waive: why')
    .addHelpText(
      'after',
      '\nWithout flags on synthetic claims; with --data and --target on a file as it is; with --project as an example configures it.\n\nExamples:\n  $ assay demo\n  $ assay demo --data insurance_claims.csv --target fraud_reported\n  $ assay demo --project vehicle-fraud --data fraud_oracle.csv --json',
    )
    .action(async (flags: ProjectFlags & { project?: string; waive?: string; reason?: string }, command: Command) => {
      const { shell, output } = connect(command)
      const { project } = flags
      const isFolder = project !== undefined && project !== path.basename(project)
      const request = {
        ...startRequestOf(flags, shell.cwd),
        project: isFolder ? path.resolve(shell.cwd, project) : project,
      }
      const report = await runDemo({ request, waive: waiverOf(flags), output, signal: shell.signal })
      output.result(report, describe(report))
      if (!isWell(report)) shell.setExitCode(1)
    })
}

function waiverOf({ waive, reason }: { waive?: string; reason?: string }) {
  if ((waive === undefined) !== (reason === undefined))
    throw new AssayError('USAGE_INVALID', { what: '--waive GATES and --reason TEXT go together' })
  return waive && reason ? { gates: waive.split(',').map((gate) => gate.trim()), reason } : undefined
}

function describe(report: DemoReport): string {
  const { dataset, model, prediction, drift, warnings } = report
  const scores = Object.entries(report.cv).map(
    ([algorithm, { rocAuc }]) => `${algorithm} ROC-AUC ${rocAuc.mean.toFixed(4)}`,
  )
  const rows = [
    ['run', `${report.runId}: ${report.status}`],
    [
      'dataset',
      dataset && `${dataset.rows} rows x ${dataset.columns} columns, version ${dataset.version.slice(0, 12)}`,
    ],
    ['folds', scores.join(', ') || null],
    ['model', model && `${model.name} ${model.version}, sha256 ${model.sha256.slice(0, 12)}`],
    [
      'prediction',
      prediction &&
        `score ${prediction.score.toFixed(4)}, ${prediction.decision}; replay ${prediction.replayEqual ? 'equal' : 'NOT EQUAL'}`,
    ],
    ['drift', drift && `${drift.status}, score ${drift.driftScore?.toFixed(4) ?? '-'}`],
    ['warnings', warnings.map((warning) => warning.message).join(' ') || 'none'],
  ]
  return formatTable(rows)
}

import { dataQualityGates, leakageGates, summariseGates } from '../../gates/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { ingestDataset } from '../dataset-import/ingest-dataset.ts'
import { reuseDataset } from '../dataset-import/reuse-dataset.ts'
import { runJob } from '../jobs/run-job.ts'
import { trapsJob } from '../jobs/traps.ts'
import { withNamedFolds } from '../split-dataset.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun } from './stage-results.ts'
import { withWaivers } from './with-waivers.ts'

/**
 * Stage 3: reads the source, holds it against the contract, quarantines what breaks it, makes a dataset version, and looks for
 * what would make a model on it seem better than it is.
 */
export const dataValidation =
  (deps: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const project = await withNamedFolds(deps, projectOfRun(context))
    const { result, gates: quality, record } = await datasetOf(context, deps)
    const { traps, leftOut } = await runJob(
      trapsJob,
      { project, dataset: result, artifactDir: deps.config.artifactDir },
      context,
    )
    for (const trap of traps) context.log(trap.severity === 'block' ? 'error' : 'warn', `${trap.code}: ${trap.message}`)
    const gates = await withWaivers(context, deps, [...quality, ...leakageGates(traps)])
    const summary = summariseGates(gates)
    return {
      kind: summary.verdict === 'blocked' ? 'blocked' : 'done',
      outputs: { ...result, traps, warnings: [...result.warnings, ...leftOut] },
      gates,
      reason: summary.verdict === 'blocked' ? summary.text : undefined,
      facts: { datasetVersion: result.dataset.id },
      commit: record,
    }
  }

/** The version that the project names, else one made of its source. */
async function datasetOf(context: StepContext, deps: StageDeps) {
  const project = projectOfRun(context)
  if (project.data.kind !== 'dataset') return ingestDataset(context, deps, project)
  const result = await reuseDataset(deps, project.data.id, project)
  const { dataset, warnings } = result
  context.log(
    'info',
    `Dataset version ${dataset.id.slice(0, 12)} of ${dataset.name}: ${dataset.nRows} rows, as imported.`,
  )
  for (const warning of warnings) context.log('warn', `${warning.code}: ${warning.message}`)
  return { result, gates: dataQualityGates(dataset.quality), record: async () => {} }
}

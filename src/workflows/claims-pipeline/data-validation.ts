import { summariseGates, waive } from '../../gates/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { listWaivers } from '../../registry/index.ts'
import { ingestDataset } from '../dataset-import/ingest-dataset.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun } from './stage-results.ts'

/** Stage 3: reads the source, holds it against the contract, quarantines what breaks it, makes a dataset version. */
export const dataValidation =
  (deps: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const project = projectOfRun(context)
    const { result, gates: judged, record } = await ingestDataset(context, deps, project)
    const gates = waive(judged, [...project.waivers, ...(await listWaivers(deps.db, context.run.id))])
    const summary = summariseGates(gates)
    return {
      kind: summary.verdict === 'blocked' ? 'blocked' : 'done',
      outputs: result,
      gates,
      reason: summary.verdict === 'blocked' ? summary.text : undefined,
      facts: { datasetVersion: result.dataset.id },
      commit: record,
    }
  }

import { readMeasurements, type StepContext, type StepOutcome } from '../../pipelines/index.ts'
import { createRun, finishRun, getOrCreateExperiment, logBatch } from '../../tracking/index.ts'
import type { Tx } from '../../platform/index.ts'
import type { TrainOutput } from '../jobs/train.ts'
import { projectOfRun, resultOf } from './stage-results.ts'
import { trackedMeasurements } from './tracked-measurements.ts'
import { trackedParameters } from './tracked-parameters.ts'

/** Pieces of series that a run is tracked with, far above what a training of an hour measures. */
const MOST_PIECES = 20_000

/** Stage 5: writes the CI run to tracking. */
export async function logRun(context: StepContext): Promise<StepOutcome> {
  const quick = resultOf(context, 'quick_train')
  const runId = await context.effect('track', (tx) => trackTraining(tx, context, { stage: 'ci', trained: quick }))
  context.log('info', `Tracking run ${runId} in experiment ${projectOfRun(context).model}.`)
  return { kind: 'done', outputs: { trackingRunId: runId, experiment: projectOfRun(context).model } }
}

/** One tracked run: parameters, metrics, of a CD run with the curves, and the tags that make it reproducible. @returns its id */
export async function trackTraining(
  tx: Tx,
  context: StepContext,
  { stage, trained }: { stage: 'ci' | 'cd'; trained: TrainOutput },
): Promise<string> {
  const { run } = context
  const project = projectOfRun(context)
  const experiment = await getOrCreateExperiment(tx, project.model)
  const { runId } = await createRun(tx, {
    experimentId: experiment.experimentId,
    name: `${run.id} ${stage}`,
    userId: run.actor,
    tags: {
      commit_sha: run.commit?.sha ?? '',
      stage,
      dataset_version: resultOf(context, 'data_validation').dataset.id,
      seed: String(project.training.seed),
      code_version: trained.codeVersion,
      pipeline_run: run.id,
    },
  })
  const measured = stage === 'cd' ? await readMeasurements(tx, { runId: run.id, after: 0, limit: MOST_PIECES }) : []
  await logBatch(tx, runId, {
    params: trackedParameters(trained.parameters),
    metrics: [
      ...Object.entries(trained.metrics).map(([key, { estimate }]) => ({
        key,
        value: estimate,
        step: 0,
        timestamp: Date.now(),
      })),
      ...trackedMeasurements(measured),
    ],
  })
  await finishRun(tx, runId, { status: 'FINISHED' })
  return runId
}

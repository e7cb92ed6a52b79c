import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { runJob } from '../jobs/run-job.ts'
import { trainJob, type TrainOutput } from '../jobs/train.ts'
import { withNamedFolds } from '../split-dataset.ts'
import type { StageDeps } from './deps.ts'
import { trackTraining } from './log-run.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

/** Stage 6: cross-validation, then the final fit on all rows outside the hold-out. */
export const fullTrain =
  (deps: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const { config } = deps
    const project = await withNamedFolds(deps, projectOfRun(context))
    const trained = await runJob(
      trainJob,
      {
        project,
        dataset: resultOf(context, 'data_validation'),
        artifactDir: config.artifactDir,
        nThreads: config.threads,
        crossValidate: true,
      },
      context,
    )
    describeTraining(context, trained)
    const trackingRunId = await context.effect('track', (tx) => trackTraining(tx, context, { stage: 'cd', trained }))
    return { kind: 'done', outputs: { ...trained, trackingRunId } }
  }

export function describeTraining({ log }: StepContext, trained: TrainOutput): void {
  log('info', `${trained.algorithm} on ${trained.nTrain} rows, ${trained.sizeBytes} bytes, sha256 ${trained.artifact}.`)
  for (const { algorithm, cv } of trained.leaderboard)
    for (const [name, { mean, standardDeviation, folds }] of Object.entries(cv))
      log(
        'info',
        `  ${algorithm}: ${name} over ${folds.length} folds ${mean.toFixed(4)} (sd ${standardDeviation.toFixed(4)})`,
      )
  for (const [name, metric] of Object.entries(trained.metrics))
    log('info', `  ${name} ${metric.estimate.toFixed(4)} (${metric.lower.toFixed(4)} to ${metric.upper.toFixed(4)})`)
}

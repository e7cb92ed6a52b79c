import { readAvailableMemoryBytes } from '../../platform/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import type { CrossValidateOutput } from '../jobs/cross-validate.ts'
import { runJob } from '../jobs/run-job.ts'
import { trainJob, type TrainOutput } from '../jobs/train.ts'
import type { StageDeps } from './deps.ts'
import { trackTraining } from './log-run.ts'
import { branchOf, projectOfRun, resultOf } from './stage-results.ts'
import { tryAlgorithm } from './train-branch.ts'

/** Stage 6, once every branch is done: chooses the best algorithm and fits it on all rows outside the hold-out. */
export const fullTrain =
  (deps: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const { config } = deps
    const trained = await runJob(
      trainJob,
      {
        project: projectOfRun(context),
        dataset: resultOf(context, 'data_validation'),
        artifactDir: config.artifactDir,
        nThreads: config.threads,
        memoryBytes: readAvailableMemoryBytes(),
        candidates: await candidatesOf(deps, context),
      },
      context,
    )
    const [best, ...others] = trained.leaderboard
    context.log('info', `${best.algorithm} leads${others.map(({ algorithm }) => `, then ${algorithm}`).join('')}.`)
    describeTraining(context, trained)
    const trackingRunId = await context.effect('track', (tx) => trackTraining(tx, context, { stage: 'cd', trained }))
    return { kind: 'done', outputs: { ...trained, trackingRunId } }
  }

/** What the branches found. A run that was begun before there were branches has none: its algorithms are tried here. */
async function candidatesOf(deps: StageDeps, context: StepContext): Promise<CrossValidateOutput[]> {
  const candidates: CrossValidateOutput[] = []
  for (const algorithm of projectOfRun(context).training.algorithms)
    candidates.push(branchOf(context, algorithm) ?? (await tryAlgorithm(deps, context, { algorithm, nBranches: 1 })))
  return candidates
}

export function describeTraining({ log }: StepContext, trained: TrainOutput): void {
  log('info', `${trained.algorithm} on ${trained.nTrain} rows, ${trained.sizeBytes} bytes, sha256 ${trained.artifact}.`)
  for (const [name, metric] of Object.entries(trained.metrics))
    log('info', `  ${name} ${metric.estimate.toFixed(4)} (${metric.lower.toFixed(4)} to ${metric.upper.toFixed(4)})`)
}

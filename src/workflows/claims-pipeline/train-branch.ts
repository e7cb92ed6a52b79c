import type { AlgorithmName } from '../../learn/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { readAvailableMemoryBytes } from '../../platform/index.ts'
import { crossValidateJob, type CrossValidateOutput } from '../jobs/cross-validate.ts'
import { runJob } from '../jobs/run-job.ts'
import { withNamedFolds } from '../split-dataset.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

/** A branch of stage 6: one algorithm over the folds, in a process of its own. */
export const trainBranch =
  (deps: StageDeps, algorithm: AlgorithmName) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const nBranches = projectOfRun(context).training.algorithms.length
    return { kind: 'done', outputs: await tryAlgorithm(deps, context, { algorithm, nBranches }) }
  }

/**
 * Cross-validates one algorithm in a child process. Branches run at once and share threads and memory evenly; each has one thread at
 * least.
 */
export async function tryAlgorithm(
  deps: StageDeps,
  context: StepContext,
  { algorithm, nBranches }: { algorithm: AlgorithmName; nBranches: number },
): Promise<CrossValidateOutput> {
  const tried = await runJob(
    crossValidateJob,
    {
      project: await withNamedFolds(deps, projectOfRun(context)),
      dataset: resultOf(context, 'data_validation'),
      artifactDir: deps.config.artifactDir,
      nThreads: Math.max(1, Math.floor(deps.config.threads / nBranches)),
      memoryBytes: readAvailableMemoryBytes() / nBranches,
      algorithm,
    },
    context,
  )
  for (const [name, { mean, standardDeviation, folds }] of Object.entries(tried.scores.cv))
    context.log(
      'info',
      `${algorithm}: ${name} over ${folds.length} folds ${mean.toFixed(4)} (sd ${standardDeviation.toFixed(4)})`,
    )
  return tried
}

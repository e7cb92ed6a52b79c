import type { AlgorithmName } from '../../learn/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { crossValidateJob, type CrossValidateOutput } from '../jobs/cross-validate.ts'
import { runJob } from '../jobs/run-job.ts'
import type { ResolvedProject } from '../project/index.ts'
import { withNamedFolds } from '../split-dataset.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

/** A branch of stage 6: one algorithm over the folds, in a process of its own. */
export const trainBranch =
  (deps: StageDeps, algorithm: AlgorithmName) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const project = projectOfRun(context)
    const nThreads = threadsOfBranch(project, deps.config.threads)
    return { kind: 'done', outputs: await tryAlgorithm(deps, context, { algorithm, nThreads }) }
  }

/** Cross-validates one algorithm in a child process. */
export async function tryAlgorithm(
  deps: StageDeps,
  context: StepContext,
  { algorithm, nThreads }: { algorithm: AlgorithmName; nThreads: number },
): Promise<CrossValidateOutput> {
  const tried = await runJob(
    crossValidateJob,
    {
      project: await withNamedFolds(deps, projectOfRun(context)),
      dataset: resultOf(context, 'data_validation'),
      artifactDir: deps.config.artifactDir,
      nThreads,
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

/** The branches run at once and share the threads evenly; each has one at least. */
const threadsOfBranch = ({ training }: ResolvedProject, nThreads: number) =>
  Math.max(1, Math.floor(nThreads / training.algorithms.length))

import { AssayError } from '../../errors/index.ts'
import type { AlgorithmName } from '../../learn/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { readAvailableMemoryBytes } from '../../platform/index.ts'
import { crossValidateJob, type CrossValidateOutput } from '../jobs/cross-validate.ts'
import { runJob } from '../jobs/run-job.ts'
import { inGb } from '../jobs/training/check-memory.ts'
import { withNamedFolds } from '../split-dataset.ts'
import { bytesOfBranch } from './branch-memory.ts'
import type { StageDeps } from './deps.ts'
import { MemoryShares, type MemoryShare, type MemoryWait } from './memory-shares.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

/**
 * A branch of stage 6: one algorithm over the folds, in a process of its own.
 * @param memory shared with the other branches
 */
export const trainBranch =
  (deps: StageDeps, algorithm: AlgorithmName, memory: Pick<MemoryShares, 'take'>) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const nBranches = projectOfRun(context).training.algorithms.length
    return { kind: 'done', outputs: await tryAlgorithm(deps, context, { algorithm, nBranches, memory }) }
  }

/**
 * Cross-validates one algorithm in a child process. Branches run at once as long as their memory fits side by side, else one after the
 * other; they share threads evenly, and each has one at least. One that was refused beside others is tried once more alone.
 * @throws TABLE_TOO_LARGE when it does not fit alone, and what the job throws
 */
export async function tryAlgorithm(
  deps: StageDeps,
  context: StepContext,
  {
    algorithm,
    nBranches,
    memory = new MemoryShares(readAvailableMemoryBytes),
  }: { algorithm: AlgorithmName; nBranches: number; memory?: Pick<MemoryShares, 'take'> },
): Promise<CrossValidateOutput> {
  const { signal, log } = context
  const dataset = resultOf(context, 'data_validation')
  const nThreads = Math.max(1, Math.floor(deps.config.threads / nBranches))
  const { artifactDir } = deps.config
  const project = await withNamedFolds(deps, projectOfRun(context))
  const take = (bytes: number): Promise<MemoryShare> =>
    memory.take({ name: algorithm, bytes }, { signal, onWait: (wait) => log('info', tellWait(bytes, wait)) })
  const run = ({ limitBytes: memoryBytes }: MemoryShare): Promise<CrossValidateOutput> =>
    runJob(crossValidateJob, { project, dataset, artifactDir, nThreads, memoryBytes, algorithm }, context)

  let share = await take(bytesOfBranch(project, dataset, { algorithm, nThreads }))
  let tried: CrossValidateOutput
  try {
    tried = await run(share).catch(async (error: unknown) => {
      if (share.isAlone || !(error instanceof AssayError && error.code === 'TABLE_TOO_LARGE')) throw error
      log('info', `${algorithm} does not fit beside the other branches; it is tried again alone. ${error.message}`)
      share.giveBack()
      share = await take(Infinity)
      return run(share)
    })
  } finally {
    share.giveBack()
  }
  for (const [name, { mean, standardDeviation, folds }] of Object.entries(tried.scores.cv))
    log(
      'info',
      `${algorithm}: ${name} over ${folds.length} folds ${mean.toFixed(4)} (sd ${standardDeviation.toFixed(4)})`,
    )
  return tried
}

function tellWait(bytes: number, { freeBytes, limitBytes, holders }: MemoryWait): string {
  const wanted = bytes < Infinity ? `about ${inGb(bytes)}` : 'all there is'
  const beside = holders.length > 0 ? ` beside ${holders.join(', ')}` : ''
  return `Waits for memory: it takes ${wanted}, and ${inGb(freeBytes)} of ${inGb(limitBytes)} are left${beside}. It runs when they end.`
}

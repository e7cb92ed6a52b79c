import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { readAvailableMemoryBytes } from '../../platform/index.ts'
import { runJob } from '../jobs/run-job.ts'
import { trainJob } from '../jobs/train.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun, resultOf } from './stage-results.ts'
import { describeTraining } from './full-train.ts'

const QUICK_ROWS = 20_000

/** Stage 4: trains on a stratified sample, so that what cannot work fails early. */
export const quickTrain =
  ({ config }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const project = projectOfRun(context)
    const trained = await runJob(
      trainJob,
      {
        project,
        dataset: resultOf(context, 'data_validation'),
        artifactDir: config.artifactDir,
        nThreads: config.threads,
        memoryBytes: readAvailableMemoryBytes(),
        sample: { share: project.training.quickShare, maxRows: QUICK_ROWS },
      },
      context,
    )
    describeTraining(context, trained)
    return { kind: 'done', outputs: trained }
  }

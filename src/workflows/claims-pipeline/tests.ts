import { notConfigured } from '../../gates/index.ts'
import type { StepContext, StepOutcome } from '../../pipelines/index.ts'
import { reuseDataset } from '../dataset-import/reuse-dataset.ts'
import { checkJob, type Check } from '../jobs/check.ts'
import { runJob } from '../jobs/run-job.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun } from './stage-results.ts'

/** Stage 2: the project's checks, with their output: configuration, contract, feature pipeline on fixture rows. */
export const tests =
  ({ db, artifacts, config }: StageDeps) =>
  async (context: StepContext): Promise<StepOutcome> => {
    const project = projectOfRun(context)
    const { data } = project
    const dataset = data.kind === 'dataset' ? await reuseDataset({ db, artifacts }, data.id, project) : undefined
    const { checks } = await runJob(
      checkJob,
      { project, dataset, artifactDir: config.artifactDir, roots: config.dataRoots, nThreads: config.threads },
      context,
    )
    for (const { name, passed, output } of checks)
      context.log(passed ? 'info' : 'error', `${passed ? 'ok' : 'FAILED'}  ${name}: ${output}`)
    const failed = checks.filter((check) => !check.passed)
    const gates = [
      notConfigured('dependency_scan', 'Dependency scan', 'There is no network to a vulnerability database here.'),
    ]
    return failed.length === 0
      ? { kind: 'done', outputs: { checks }, gates }
      : {
          kind: 'blocked',
          outputs: { checks },
          gates,
          reason: failureOf(checks),
        }
  }

/** Which checks failed, and why. */
export function failureOf(checks: Check[]): string {
  const failed = checks.filter((check) => !check.passed)
  const told = failed.map(({ name, output }) => `${name}: ${output}`)
  return `${failed.length} of ${checks.length} checks failed. ${told.join(' ')}`
}

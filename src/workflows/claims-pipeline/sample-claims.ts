import type { StepContext } from '../../pipelines/index.ts'
import { claimsJob } from '../jobs/claims.ts'
import type { RowObject } from '../jobs/row-object.ts'
import { runJob } from '../jobs/run-job.ts'
import type { StageDeps } from './deps.ts'
import { projectOfRun, resultOf } from './stage-results.ts'

export type SampleClaim = { input: RowObject; score: number }

/** The first hold-out claims that the evaluation scored, with their scores; read from the dataset version they are rows of. */
export async function sampleClaims(
  context: StepContext,
  { config }: Pick<StageDeps, 'config'>,
  limit = Infinity,
): Promise<SampleClaim[]> {
  const samples = resultOf(context, 'evaluate').samples.slice(0, limit)
  const claims = await runJob(
    claimsJob,
    {
      project: projectOfRun(context),
      dataset: resultOf(context, 'data_validation'),
      artifactDir: config.artifactDir,
      rows: samples.map(({ row }) => row),
    },
    context,
  )
  return claims.map((input, i) => ({ input, score: samples[i].score }))
}

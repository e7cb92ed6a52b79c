import { authorise, type App } from '../../access/index.ts'
import type { Config } from '../../platform/index.ts'
import { runJob } from '../jobs/run-job.ts'
import { testSourceJob } from '../jobs/test-source.ts'
import { SourceTestAnswer, SourceTestRequest } from './schemas.ts'

/** The test ends by itself after 30 s; this ends the process of one that does not. */
const DEADLINE_MS = 45_000

/** A look at a source before it is imported: what is wrong with it is an answer, told without a credential. */
export function sourceTestRoute(app: App, { dataRoots }: Pick<Config, 'dataRoots'>): void {
  app.post(
    '/data/sources/test',
    {
      schema: {
        tags: ['data'],
        summary: 'Try a source: its columns and first rows, or why it cannot be read',
        body: SourceTestRequest,
        response: { 200: SourceTestAnswer },
      },
      preHandler: authorise('pipeline.run'),
    },
    ({ body }) =>
      runJob(
        testSourceJob,
        { ...body, roots: dataRoots },
        { signal: AbortSignal.timeout(DEADLINE_MS), log: () => {}, progress: () => {} },
      ),
  )
}

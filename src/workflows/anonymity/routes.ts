import { Type } from 'typebox'
import { authorise, type App } from '../../access/index.ts'
import { getDatasetVersion } from '../../data/index.ts'
import type { ArtifactStore, Db } from '../../platform/index.ts'
import { anonymityJob } from '../jobs/anonymity.ts'
import { runJob } from '../jobs/run-job.ts'
import { AnonymityAnswer, AnonymityBody } from './schemas.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const TIMEOUT_MS = 10 * 60_000
const silent = { log: () => {}, progress: () => {} }

/** How anonymous a dataset version is, over columns that the caller chooses. */
export function anonymityRoutes(app: App, { db, artifacts }: { db: Db; artifacts: ArtifactStore }): void {
  app.post(
    '/datasets/:id/anonymity',
    {
      schema: {
        tags: ['privacy'],
        summary: 'How anonymous a dataset version is: k-anonymity, l-diversity, t-closeness, and what would help',
        params: Id,
        body: AnonymityBody,
        response: { 200: AnonymityAnswer },
      },
      preHandler: authorise('view'),
    },
    async ({ params, body }) => {
      const { artifact } = await getDatasetVersion(db, params.id)
      await artifacts.stat(artifact)
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      return runJob(anonymityJob, { path: artifacts.path(artifact), request: body }, { ...silent, signal })
    },
  )
}

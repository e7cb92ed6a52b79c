import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import type { Db } from '../platform/index.ts'
import { DatasetVersion, QuarantinedRow } from './schemas.ts'
import { getDatasetVersion, listDatasetVersions, listQuarantined } from './store.ts'

const tags = ['data']
const Id = Type.Object({ id: Type.String() })
const preHandler = authorise('view')

/** Dataset versions and what was kept out of them. */
export function dataRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/datasets',
    {
      schema: {
        tags,
        summary: 'Dataset versions, newest first',
        querystring: Type.Object({ limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }) }),
        response: { 200: Type.Object({ items: Type.Array(DatasetVersion) }) },
      },
      preHandler,
    },
    async ({ query }) => ({ items: await listDatasetVersions(db, query.limit) }),
  )
  app.get(
    '/datasets/:id',
    { schema: { tags, summary: 'A dataset version', params: Id, response: { 200: DatasetVersion } }, preHandler },
    ({ params }) => getDatasetVersion(db, params.id),
  )
  app.get(
    '/datasets/:id/quarantine',
    {
      schema: {
        tags,
        summary: 'Rows that broke the contract, with the reasons',
        params: Id,
        querystring: Type.Object({
          after: Type.Integer({ minimum: -1, default: -1 }),
          limit: Type.Integer({ minimum: 1, maximum: 1_000, default: 100 }),
        }),
        response: { 200: Type.Object({ items: Type.Array(QuarantinedRow) }) },
      },
      preHandler,
    },
    async ({ params, query }) => {
      await getDatasetVersion(db, params.id)
      return { items: await listQuarantined(db, { id: params.id, ...query }) }
    },
  )
}

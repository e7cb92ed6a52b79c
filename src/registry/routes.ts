import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'
import type { Db } from '../platform/index.ts'
import { getApproval, listApprovals } from './approvals.ts'
import {
  ApprovalSchema,
  ModelDetail,
  ModelSummary,
  ModelVersionSchema,
  VersionComparison,
  VersionDetail,
} from './schemas.ts'
import { findChampion } from './versions.ts'
import { compareVersions, modelDetail, modelSummaries, versionDetail } from './views.ts'

const tags = ['models']
const Name = Type.Object({ name: Type.String() })
const preHandler = authorise('view')

/** Reading models, versions and approvals. Votes and rollbacks also move runs and traffic: they are in `workflows`. */
export function registryRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/models',
    {
      schema: { tags, summary: 'Registered models', response: { 200: Type.Object({ items: Type.Array(ModelSummary) }) } },
      preHandler,
    },
    async () => ({ items: await modelSummaries(db) }),
  )
  app.get(
    '/models/:name',
    { schema: { tags, summary: 'A model with its versions and history', params: Name, response: { 200: ModelDetail } }, preHandler },
    ({ params }) => modelDetail(db, params.name),
  )
  app.get(
    '/models/:name/:version',
    {
      schema: {
        tags,
        summary: 'A version with metrics, gates, fairness, approvals and history',
        params: Type.Object({ name: Type.String(), version: Type.String() }),
        response: { 200: VersionDetail },
      },
      preHandler,
    },
    ({ params }) => versionDetail(db, params.name, params.version),
  )
  app.get(
    '/models/:name/compare/:v1/:v2',
    {
      schema: {
        tags,
        summary: 'Two versions side by side',
        params: Type.Object({ name: Type.String(), v1: Type.String(), v2: Type.String() }),
        response: { 200: VersionComparison },
      },
      preHandler,
    },
    ({ params }) => compareVersions(db, params.name, [params.v1, params.v2]),
  )
  approvalRoutes(app, db)
}

function approvalRoutes(app: App, db: Db): void {
  app.get(
    '/approvals',
    {
      schema: {
        tags,
        summary: 'Approvals, newest first',
        querystring: Type.Object({ status: Type.Optional(ApprovalSchema.properties.status) }),
        response: { 200: Type.Object({ items: Type.Array(ApprovalSchema) }) },
      },
      preHandler,
    },
    async ({ query }) => ({ items: await listApprovals(db, query) }),
  )
  app.get(
    '/approvals/:id',
    {
      schema: { tags, summary: 'An approval', params: Type.Object({ id: Type.String() }), response: { 200: ApprovalSchema } },
      preHandler,
    },
    ({ params }) => getApproval(db, params.id),
  )
}

/** The lab's question for the champion. */
export function championRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/mlflow/champion',
    {
      schema: {
        tags,
        summary: 'The version in production',
        querystring: Type.Object({ model: Type.String({ default: 'claims-denial' }) }),
        response: { 200: ModelVersionSchema },
      },
      preHandler,
    },
    async ({ query }) => {
      const champion = await findChampion(db, query.model)
      if (!champion) throw new AssayError('NOT_FOUND', { what: 'Champion of model', id: query.model })
      return champion
    },
  )
}

import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import { AssayError } from '../errors/index.ts'
import type { Db } from '../platform/index.ts'
import { getApproval, listApprovals } from './approvals.ts'
import {
  Approval,
  ApprovalId,
  ApprovalStatus,
  ModelDetail,
  ModelName,
  ModelSummary,
  ModelVersion,
  SemanticVersion,
  Tenure,
  VersionComparison,
  VersionDetail,
} from './schemas.ts'
import { championAt } from './stage-changes.ts'
import { compareVersions, getChampion, getModel, getVersionDetail, listModels } from './views.ts'

const tags = ['registry']
const Name = Type.Object({ name: ModelName })
const preHandler = authorise('view')

/**
 * Reading models, versions and approvals. Votes and rollbacks move runs and traffic too: their routes are those of
 * the room that does all of it.
 */
export function registryRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/models',
    {
      schema: {
        tags,
        summary: 'Registered models',
        response: { 200: Type.Object({ items: Type.Array(ModelSummary) }) },
      },
      preHandler,
    },
    async () => ({ items: await listModels(db) }),
  )
  app.get(
    '/models/:name',
    {
      schema: { tags, summary: 'A model with its versions and history', params: Name, response: { 200: ModelDetail } },
      preHandler,
    },
    ({ params }) => getModel(db, params.name),
  )
  app.get(
    '/models/:name/:version',
    {
      schema: {
        tags,
        summary: 'A version with its metrics, gates, fairness, approvals and history',
        params: Type.Object({ name: ModelName, version: SemanticVersion }),
        response: { 200: VersionDetail },
      },
      preHandler,
    },
    ({ params }) => getVersionDetail(db, params.name, params.version),
  )
  app.get(
    '/models/:name/compare/:v1/:v2',
    {
      schema: {
        tags,
        summary: 'Two versions side by side',
        params: Type.Object({ name: ModelName, v1: SemanticVersion, v2: SemanticVersion }),
        response: { 200: VersionComparison },
      },
      preHandler,
    },
    ({ params }) => compareVersions(db, params.name, [params.v1, params.v2]),
  )
  approvalRoutes(app, db)
}

/** Reading who is in production, now or at a time. */
export function championRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/models/:name/champion',
    {
      schema: {
        tags,
        summary: 'What was in production at a time, who put it there, and on whose approval',
        params: Name,
        querystring: Type.Object({
          at: Type.Optional(Type.String({ format: 'date-time', description: 'now, if left out' })),
        }),
        response: { 200: Tenure },
      },
      preHandler,
    },
    async ({ params, query }) => {
      const time = query.at === undefined ? new Date() : new Date(query.at)
      const tenure = await championAt(db, params.name, time)
      if (!tenure)
        throw new AssayError('NOT_FOUND', { what: `A champion at ${time.toISOString()} of`, id: params.name })
      return tenure
    },
  )
  app.get(
    '/mlflow/champion',
    {
      schema: {
        tags,
        summary: 'The version in production, with its tracking run',
        querystring: Type.Object({ model: Type.Optional(ModelName) }),
        response: { 200: ModelVersion },
      },
      preHandler,
    },
    ({ query }) => getChampion(db, query.model),
  )
}

function approvalRoutes(app: App, db: Db): void {
  app.get(
    '/approvals',
    {
      schema: {
        tags,
        summary: 'Approvals, newest first',
        querystring: Type.Object({
          status: Type.Optional(ApprovalStatus),
          model: Type.Optional(ModelName),
          limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
        }),
        response: { 200: Type.Object({ items: Type.Array(Approval) }) },
      },
      preHandler,
    },
    async ({ query }) => ({ items: await listApprovals(db, query) }),
  )
  app.get(
    '/approvals/:id',
    {
      schema: {
        tags,
        summary: 'An approval with its votes and the gates the reviewers saw',
        params: Type.Object({ id: ApprovalId }),
        response: { 200: Approval },
      },
      preHandler,
    },
    ({ params }) => getApproval(db, params.id),
  )
}

import { Type } from 'typebox'
import { actorOf, authorise, type App } from '../../access/index.ts'
import { findRun } from '../../pipelines/index.ts'
import type { Db } from '../../platform/index.ts'
import {
  getErasure,
  listErasures,
  subjectOf,
  subjectOwner,
  type Erasure,
  type Finding,
  type PersonalDataHolder,
} from '../../privacy/index.ts'
import { ErasureList, ErasureListQuery, ErasureRequest, ErasureView, SearchAnswer, SearchRequest } from './schemas.ts'
import { startErasure, type ErasureDeps } from './start-erasure.ts'

const tags = ['privacy']
const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })

export type ErasureRouteDeps = ErasureDeps & { holders: PersonalDataHolder[] }

/** Finding what is held of a person, and erasing it. */
export function erasureRoutes(app: App, deps: ErasureRouteDeps): void {
  const { db } = deps
  app.post(
    '/privacy/erasures',
    {
      schema: { tags, summary: 'Erase a subject', body: ErasureRequest, response: { 202: ErasureView } },
      preHandler: authorise('privacy.erase'),
    },
    async (request, reply) => {
      const erasure = await startErasure(deps, { ...request.body, actor: actorOf(request).id })
      return reply.code(202).send(await withState(db, erasure))
    },
  )
  app.get(
    '/privacy/erasures',
    {
      schema: {
        tags,
        summary: 'Erasures, newest first',
        querystring: ErasureListQuery,
        response: { 200: ErasureList },
      },
      preHandler: authorise('view'),
    },
    async ({ query }) => {
      const erasures = await listErasures(db, query.limit)
      return { items: await Promise.all(erasures.map((erasure) => withState(db, erasure))) }
    },
  )
  app.get(
    '/privacy/erasures/:id',
    {
      schema: { tags, summary: 'An erasure and its report', params: Id, response: { 200: ErasureView } },
      preHandler: authorise('view'),
    },
    async ({ params }) => withState(db, await getErasure(db, params.id)),
  )
  searchRoute(app, deps)
}

function searchRoute(app: App, { keys, holders }: ErasureRouteDeps): void {
  app.post(
    '/privacy/search',
    {
      schema: { tags, summary: 'What is held of a subject', body: SearchRequest, response: { 200: SearchAnswer } },
      preHandler: authorise('privacy.erase'),
    },
    async (request) => {
      const subject = subjectOf(keys, request.body.subject)
      const context = {
        actor: actorOf(request).id,
        signal: AbortSignal.timeout(10 * 60_000),
        log: () => {},
        progress: () => {},
      }
      const findings: Finding[] = []
      for (const holder of holders) findings.push(...(await holder.find(subject, context)))
      return { findings, nKeys: await keys.data.count([subjectOwner(subject.value)]) }
    },
  )
}

async function withState(db: Db, erasure: Erasure) {
  const run = erasure.runId === null ? undefined : await findRun(db, erasure.runId)
  return { ...erasure, state: run?.state ?? null }
}

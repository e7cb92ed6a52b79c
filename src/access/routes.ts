import { Type } from 'typebox'
import { withTransaction, type Db } from '../platform/index.ts'
import { countReviewers, createActor, disableActor, listActors } from './actors.ts'
import type { App } from './app.ts'
import { actorOf, authorise } from './hooks.ts'
import { createKey, rotateKey } from './keys.ts'
import { approvalPolicyOf } from './policy.ts'
import { ActorList, CreatedActor, Me, NewActor, NewKey } from './schemas.ts'

const tags = ['access']
const ActorId = Type.Object({ id: Type.String() })

/** Who one is, who there is, and their keys. */
export function accessRoutes(app: App, { db }: { db: Db }): void {
  app.get(
    '/me',
    {
      schema: { tags, summary: 'Who the caller is, and how approvals work here', response: { 200: Me } },
      preHandler: authorise('view'),
    },
    async (request) => {
      const nReviewers = await countReviewers(db)
      return {
        actor: actorOf(request),
        trustedLoopback: request.isTrustedLoopback,
        approvalPolicy: approvalPolicyOf(nReviewers),
        nReviewers,
      }
    },
  )

  app.get(
    '/actors',
    {
      schema: { tags, summary: 'All actors, oldest first', response: { 200: ActorList } },
      preHandler: authorise('actors.manage'),
    },
    async () => ({ items: await listActors(db) }),
  )

  app.post(
    '/actors',
    {
      schema: { tags, summary: 'Add an actor with a key', body: NewActor, response: { 201: CreatedActor } },
      preHandler: authorise('actors.manage'),
    },
    async (request, reply) => {
      const by = actorOf(request).id
      const created = await withTransaction(db, async (tx) => {
        const actor = await createActor(tx, { ...request.body, by })
        const { key } = await createKey(tx, actor.id, { by })
        return { actor, key }
      })
      return reply.status(201).send(created)
    },
  )

  app.post(
    '/actors/:id/disable',
    {
      schema: {
        tags,
        summary: 'Take all rights from an actor; holds within 5 seconds',
        params: ActorId,
        response: { 204: Type.Null() },
      },
      preHandler: authorise('actors.manage'),
    },
    async (request, reply) => {
      await withTransaction(db, (tx) => disableActor(tx, { id: request.params.id, by: actorOf(request).id }))
      return reply.status(204).send(null)
    },
  )

  app.post(
    '/actors/:id/rotate-key',
    {
      schema: {
        tags,
        summary: 'Give an actor a new key and revoke the earlier ones',
        params: ActorId,
        response: { 200: NewKey },
      },
      preHandler: authorise('actors.manage'),
    },
    async (request) => withTransaction(db, (tx) => rotateKey(tx, request.params.id, { by: actorOf(request).id })),
  )
}

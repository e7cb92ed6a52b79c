import { Type } from 'typebox'
import { actorOf, authorise, type App } from '../access/index.ts'
import {
  cancelRun,
  continueRun,
  getRun,
  retryRun,
  RunDetail,
  runDetail,
  type PipelineDefinition,
} from '../pipelines/index.ts'
import { withTransaction, type Db, type Engine, type Tx } from '../platform/index.ts'
import { Approval, listWaivers } from '../registry/index.ts'
import type { Serving } from '../serving/index.ts'
import { approvalOfRun, vote } from './approvals.ts'
import { projectOf, SHIPPED_PROJECT, loadProject } from './project/index.ts'
import { rollBack } from './roll-back.ts'
import {
  Empty,
  ReasonRequest,
  RollbackAnswer,
  RollbackRequest,
  StartAnswer,
  StartRequest,
  Waiver,
  WaiverRequest,
} from './schemas.ts'
import { startClaimsRun } from './start-run.ts'
import { waiveGates } from './waive-gates.ts'

const tags = ['pipeline']
const RunId = Type.Object({ runId: Type.String() })

export type WorkflowRouteDeps = { db: Db; engine: Engine; serving: Serving; definition: PipelineDefinition }

/** Starting, steering and rolling back: the lab's routes. */
export function workflowRoutes(app: App, deps: WorkflowRouteDeps): void {
  startRoutes(app, deps)
  courseRoutes(app, deps)
  voteRoutes(app, deps)
  waiverRoutes(app, deps)
  app.post(
    '/pipeline/rollback',
    {
      schema: {
        tags,
        summary: 'Put the previous champion back',
        body: RollbackRequest,
        response: { 200: RollbackAnswer },
      },
      preHandler: authorise('rollback'),
    },
    async (request) => {
      const { body } = request
      const model = body.model ?? (await loadProject(SHIPPED_PROJECT)).model
      return rollBack(deps, { model, reason: body.reason, actor: actorOf(request).id })
    },
  )
}

function startRoutes(app: App, deps: WorkflowRouteDeps): void {
  for (const [path, trigger, summary] of [
    ['/pipeline/start', 'api', 'Start the claims pipeline'],
    ['/pipeline/commit', 'commit', 'Start the claims pipeline for a commit'],
  ] as const) {
    app.post(
      path,
      {
        schema: { tags, summary, body: StartRequest, response: { 201: StartAnswer } },
        preHandler: authorise('pipeline.run'),
      },
      async (request, reply) => {
        const { commit, ciOnly, ...wanted } = request.body
        const project = await projectOf(wanted)
        const runId = await startClaimsRun(deps, { project, trigger, actor: actorOf(request).id, commit, ciOnly })
        return reply.code(201).send({ runId })
      },
    )
  }
}

function courseRoutes(app: App, deps: WorkflowRouteDeps): void {
  const acts: [string, string, (tx: Tx, run: { runId: string; actor: string }) => Promise<void>][] = [
    [
      'continue',
      'Go on with CD after a run that ended with CI',
      (tx, { runId }) => continueRun(tx, deps.engine, runId),
    ],
    ['cancel', 'Cancel a run, a running step included', (tx, run) => cancelRun(tx, deps.engine, run)],
    ['retry', 'Go on at the failed step', (tx, { runId }) => retryRun(tx, deps.engine, runId)],
  ]
  for (const [name, summary, act] of acts) {
    app.post(
      `/pipeline/:runId/${name}`,
      {
        schema: { tags, summary, params: RunId, body: Empty, response: { 200: RunDetail } },
        preHandler: authorise('pipeline.run'),
      },
      async (request) => {
        const { runId } = request.params
        await withTransaction(deps.db, (tx) => act(tx, { runId, actor: actorOf(request).id }))
        return runDetail(deps.db, runId)
      },
    )
  }
}

function waiverRoutes(app: App, deps: WorkflowRouteDeps): void {
  app.post(
    '/pipeline/:runId/waivers',
    {
      schema: {
        tags,
        summary: 'Lift gates that stopped a run; it goes on once nothing blocks it any more',
        params: RunId,
        body: WaiverRequest,
        response: { 200: RunDetail },
      },
      preHandler: authorise('approve'),
    },
    async (request) => {
      const { runId } = request.params
      await waiveGates(deps, { runId, ...request.body, actor: actorOf(request).id })
      return runDetail(deps.db, runId)
    },
  )
  app.get(
    '/pipeline/:runId/waivers',
    {
      schema: {
        tags,
        summary: 'Gates that a person has lifted for a run, and why',
        params: RunId,
        response: { 200: Type.Object({ items: Type.Array(Waiver) }) },
      },
      preHandler: authorise('view'),
    },
    async ({ params }) => ({ items: await listWaivers(deps.db, (await getRun(deps.db, params.runId)).id) }),
  )
}

function voteRoutes(app: App, deps: WorkflowRouteDeps): void {
  for (const decision of ['approve', 'reject'] as const) {
    app.post(
      `/pipeline/:runId/${decision}`,
      {
        schema: {
          tags,
          summary: `${decision === 'approve' ? 'Approve' : 'Reject'} the version a run waits with`,
          params: RunId,
          body: ReasonRequest,
          response: { 200: RunDetail },
        },
        preHandler: authorise('approve'),
      },
      async (request) => {
        const { runId } = request.params
        const { id } = await approvalOfRun(deps.db, runId)
        await vote(deps, { approvalId: id, actor: actorOf(request).id, decision, reason: request.body.reason })
        return runDetail(deps.db, runId)
      },
    )
  }
}

/** The same votes by approval, and the same rollback by model: for clients that start from the registry. */
export function registryActionRoutes(app: App, deps: WorkflowRouteDeps): void {
  for (const decision of ['approve', 'reject'] as const) {
    app.post(
      `/approvals/:id/${decision}`,
      {
        schema: {
          tags: ['models'],
          summary: `${decision === 'approve' ? 'Approve' : 'Reject'} a model version`,
          params: Type.Object({ id: Type.String() }),
          body: ReasonRequest,
          response: { 200: Approval },
        },
        preHandler: authorise('approve'),
      },
      (request) => {
        const { params, body } = request
        return vote(deps, { approvalId: params.id, actor: actorOf(request).id, decision, reason: body.reason })
      },
    )
  }
  app.post(
    '/models/:name/rollback',
    {
      schema: {
        tags: ['models'],
        summary: 'Put the previous champion of a model back',
        params: Type.Object({ name: Type.String() }),
        body: ReasonRequest,
        response: { 200: RollbackAnswer },
      },
      preHandler: authorise('rollback'),
    },
    (request) => {
      const { params, body } = request
      return rollBack(deps, { model: params.name, reason: body.reason, actor: actorOf(request).id })
    },
  )
}

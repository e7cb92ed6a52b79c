import { Type } from 'typebox'
import { actorOf, authorise, type App } from '../access/index.ts'
import type { Keys } from '../privacy/index.ts'
import { type ArtifactStore, type Db, withTransaction } from '../platform/index.ts'
import { outcomeHistory, recordOutcomes } from './outcomes.ts'
import { getPrediction, listPredictions } from './predictions.ts'
import { replay } from './replay.ts'
import {
  DeploymentView,
  ModelName,
  OutcomeReceipt,
  OutcomesBody,
  PredictBody,
  PredictionAnswer,
  PredictionDetail,
  PredictionList,
  PredictionListQuery,
  PredictQuery,
  ReplayAnswer,
} from './schemas.ts'
import type { Serving } from './serving.ts'

const tags = ['serving']
const Model = Type.Object({ model: ModelName })
const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const Empty = Type.Object({}, { additionalProperties: false })
/** Room for 10,000 inputs of some 1,600 characters. */
const MAX_BODY_BYTES = 16 * 2 ** 20

export type ServingRouteDeps = {
  db: Db
  artifacts: Pick<ArtifactStore, 'get'>
  serving: Serving
  keys: Pick<Keys, 'data'>
}

/** Predictions, their outcomes and replay, and what a model is served by. */
export function servingRoutes(app: App, deps: ServingRouteDeps): void {
  const { serving } = deps
  app.post(
    '/predict/:model',
    {
      bodyLimit: MAX_BODY_BYTES,
      schema: {
        tags,
        summary: 'Score one input or up to 10,000; logged durably before the answer leaves',
        params: Model,
        querystring: PredictQuery,
        body: PredictBody,
        response: { 200: PredictionAnswer },
      },
      preHandler: authorise('predict'),
    },
    (request) =>
      serving.predict({
        model: request.params.model,
        ...request.body,
        variant: request.query.variant,
        actor: actorOf(request).id,
      }),
  )
  app.get(
    '/deployments/:model',
    {
      schema: { tags, summary: 'What a model is served by', params: Model, response: { 200: DeploymentView } },
      preHandler: authorise('view'),
    },
    ({ params }) => serving.deployment(params.model),
  )
  predictionRoutes(app, deps)
  outcomeRoutes(app, deps)
}

function predictionRoutes(app: App, { db, artifacts, keys }: ServingRouteDeps): void {
  app.get(
    '/predictions',
    {
      schema: {
        tags,
        summary: 'Logged predictions, newest first; shadows only when asked for',
        querystring: PredictionListQuery,
        response: { 200: PredictionList },
      },
      preHandler: authorise('view'),
    },
    ({ query }) => listPredictions(db, keys.data, query),
  )
  app.get(
    '/predictions/:id',
    {
      schema: {
        tags,
        summary: 'A logged prediction with its outcome and what was said of it before',
        params: Id,
        response: { 200: PredictionDetail },
      },
      preHandler: authorise('view'),
    },
    async ({ params }) => ({
      ...(await getPrediction(db, keys.data, params.id)),
      outcomeHistory: await outcomeHistory(db, params.id),
    }),
  )
  app.post(
    '/predictions/:id/replay',
    {
      schema: {
        tags,
        summary: 'Recompute a logged prediction from its input and model file, and compare bit for bit',
        params: Id,
        body: Empty,
        response: { 200: ReplayAnswer },
      },
      preHandler: authorise('view'),
    },
    ({ params }) => replay(db, { artifacts, keys: keys.data }, params.id),
  )
}

function outcomeRoutes(app: App, { db }: ServingRouteDeps): void {
  app.post(
    '/outcomes',
    {
      schema: {
        tags,
        summary: 'Say what turned out to be true of predictions; idempotent, late and corrected as need be',
        body: OutcomesBody,
        response: { 200: OutcomeReceipt },
      },
      preHandler: authorise('outcome.write'),
    },
    (request) =>
      withTransaction(db, (tx) => recordOutcomes(tx, { outcomes: request.body.outcomes, actor: actorOf(request).id })),
  )
}

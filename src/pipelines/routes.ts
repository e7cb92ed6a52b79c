import { Type } from 'typebox'
import { authorise, type App } from '../access/index.ts'
import type { Db } from '../platform/index.ts'
import { sourceOf, type PipelineDefinition } from './definition.ts'
import { readMeasurements } from './measurements/measurements.ts'
import {
  LogPage,
  MeasurementPage,
  RunDetail,
  RunPage,
  RunStateSchema,
  StepDefinitionView,
  StepDetail,
  StepSource,
} from './schemas.ts'
import { readLog } from './step-log.ts'
import { listRuns } from './store.ts'
import { definitionView, findDefinition, runDetail, runSummary, stepDetail } from './views.ts'

const tags = ['pipeline']
const RunId = Type.Object({ runId: Type.String() })
const StepName = Type.Object({ name: Type.String() })

export type PipelineRouteDeps = { db: Db; definitions: PipelineDefinition[] }

/** Reading runs, steps and logs. What starts, approves or ends a run is in `workflows`. */
export function pipelineRoutes(app: App, { db, definitions }: PipelineRouteDeps): void {
  app.get(
    '/pipeline/runs',
    {
      schema: {
        tags,
        summary: 'Runs, newest first',
        querystring: Type.Object({
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 25 }),
          cursor: Type.Optional(Type.String()),
          state: Type.Optional(RunStateSchema),
          pipeline: Type.Optional(Type.String({ description: 'claims, import, ...' })),
        }),
        response: { 200: RunPage },
      },
      preHandler: authorise('view'),
    },
    async ({ query }) => {
      const runs = await listRuns(db, query)
      return {
        items: runs.map((run) => runSummary(run, new Date())),
        nextCursor: runs.length === query.limit ? runs.at(-1)!.id : null,
      }
    },
  )
  app.get(
    '/pipeline/:runId/status',
    {
      schema: { tags, summary: 'A run with its steps and gates', params: RunId, response: { 200: RunDetail } },
      preHandler: authorise('view'),
    },
    ({ params }) => runDetail(db, params.runId),
  )
  app.get(
    '/pipeline/:runId/steps/:name',
    {
      schema: {
        tags,
        summary: 'A step of a run: source, configuration, inputs, outputs, attempts',
        params: Type.Object({ runId: Type.String(), name: Type.String() }),
        response: { 200: StepDetail },
      },
      preHandler: authorise('view'),
    },
    ({ params }) => stepDetail(db, definitions, params),
  )
  app.get(
    '/pipeline/:runId/logs',
    {
      schema: {
        tags,
        summary: 'Log lines of a run after a number',
        params: RunId,
        querystring: Type.Object({
          after: Type.Integer({ minimum: 0, default: 0 }),
          limit: Type.Integer({ minimum: 1, maximum: 5_000, default: 1_000 }),
        }),
        response: { 200: LogPage },
      },
      preHandler: authorise('view'),
    },
    async ({ params, query }) => {
      const items = await readLog(db, { runId: params.runId, ...query })
      return { items, last: items.at(-1)?.seq ?? query.after }
    },
  )
  measurementRoutes(app, db)
}

function measurementRoutes(app: App, db: Db): void {
  app.get(
    '/pipeline/:runId/measurements',
    {
      schema: {
        tags,
        summary: 'What the steps of a run measured while they worked, after a number: curves, scores of folds',
        params: RunId,
        querystring: Type.Object(
          {
            after: Type.Integer({ minimum: 0, default: 0 }),
            limit: Type.Integer({ minimum: 1, maximum: 5_000, default: 1_000 }),
          },
          { additionalProperties: false },
        ),
        response: { 200: MeasurementPage },
      },
      preHandler: authorise('view'),
    },
    async ({ params, query }) => {
      const items = await readMeasurements(db, { runId: params.runId, ...query })
      return { items, last: items.at(-1)?.seq ?? query.after }
    },
  )
}

/** The steps of the pipelines as they are defined now. */
export function stepRoutes(app: App, { definitions }: Pick<PipelineRouteDeps, 'definitions'>): void {
  app.get(
    '/steps',
    {
      schema: { tags, summary: 'Steps of the claims pipeline', response: { 200: Type.Array(StepDefinitionView) } },
      preHandler: authorise('view'),
    },
    async () =>
      definitions[0].steps
        .filter(({ branchOf }) => branchOf === undefined)
        .map((step) => definitionView(step, definitions)),
  )
  app.get(
    '/steps/:name/code',
    {
      schema: { tags, summary: 'Source of a step', params: StepName, response: { 200: StepSource } },
      preHandler: authorise('view'),
    },
    async ({ params }) => sourceOf(findDefinition(definitions, params.name)),
  )
  app.get(
    '/steps/:name/config',
    {
      schema: { tags, summary: 'Configuration of a step', params: StepName, response: { 200: StepDefinitionView } },
      preHandler: authorise('view'),
    },
    async ({ params }) => definitionView(findDefinition(definitions, params.name), definitions),
  )
}

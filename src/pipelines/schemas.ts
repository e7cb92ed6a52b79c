import { Type, type Static, type TSchema } from 'typebox'
import { GateResult } from '../registry/index.ts'
import { runStates, stepStates } from './states.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Time = Type.String({ format: 'date-time' })

export const StepStateSchema = Type.Enum([...stepStates])
export const RunStateSchema = Type.Enum([...runStates])
const Failure = Type.Object({ code: Type.String(), message: Type.String() })

export const RunSummary = Type.Object({
  id: Type.String(),
  pipeline: Type.String(),
  project: Type.String(),
  model: Type.String({ description: 'the model it makes; empty when it makes none' }),
  state: RunStateSchema,
  trigger: Type.String({ description: 'commit, first-start, api, retraining' }),
  actor: Type.String(),
  commit: Nullable(Type.Object({ sha: Type.String(), message: Type.String(), author: Type.String() })),
  createdAt: Time,
  finishedAt: Nullable(Time),
  durationMs: Nullable(Type.Number({ description: 'from start to end, or until now' })),
  waitingFor: Nullable(Type.String()),
  failure: Nullable(Type.Object({ step: Type.String(), code: Type.String(), message: Type.String() })),
})
export type RunSummary = Static<typeof RunSummary>

const stepFields = {
  name: Type.String(),
  title: Type.String(),
  group: Type.String(),
  role: Type.String({ description: 'owner role of the stage' }),
  needs: Type.Array(Type.String()),
  state: StepStateSchema,
  attempt: Type.Integer(),
  startedAt: Nullable(Time),
  finishedAt: Nullable(Time),
  durationMs: Nullable(Type.Number()),
  progress: Nullable(Type.Object({ done: Type.Number(), total: Type.Number(), text: Type.String() })),
  gates: Type.Array(GateResult),
  error: Nullable(Failure),
}

export const BranchView = Type.Object(stepFields, {
  description: 'A part of a step that runs beside others, with a state, a log and outputs of its own.',
})
export type BranchView = Static<typeof BranchView>

export const StepView = Type.Object({
  ...stepFields,
  branches: Type.Array(BranchView, {
    description: 'done before the step’s own work; its state, times and progress here are those of all of it',
  }),
})
export type StepView = Static<typeof StepView>

export const RunDetail = Type.Object({
  ...RunSummary.properties,
  steps: Type.Array(StepView),
  modelVersion: Nullable(Type.String()),
  datasetVersion: Nullable(Type.String()),
  approvalId: Nullable(Type.String()),
  canContinue: Type.Boolean(),
  canRetry: Type.Boolean(),
  canCancel: Type.Boolean(),
})
export type RunDetail = Static<typeof RunDetail>

const AnyObject = Type.Record(Type.String(), Type.Unknown())

export const StepSource = Type.Object({ file: Type.String(), code: Type.String() })

export const StepDetail = Type.Object({
  ...StepView.properties,
  description: Type.String(),
  source: StepSource,
  configuration: AnyObject,
  inputs: AnyObject,
  outputs: Nullable(AnyObject),
  attempts: Type.Array(
    Type.Object({
      attempt: Type.Integer(),
      state: StepStateSchema,
      startedAt: Time,
      finishedAt: Nullable(Time),
      error: Nullable(Failure),
    }),
  ),
})
export type StepDetail = Static<typeof StepDetail>

export const LogLineSchema = Type.Object({
  seq: Type.Integer({ description: 'number within the run, without gaps' }),
  at: Time,
  step: Type.String(),
  level: Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')]),
  text: Type.String(),
})

export const Series = Type.Object(
  {
    subject: Type.String({ description: 'what is measured, e.g. an algorithm' }),
    metric: Type.String({ description: 'what y is: rocAuc, logLoss' }),
    over: Type.String({ description: 'what x counts: fold, trees, iteration' }),
    on: Type.Union([Type.Literal('training'), Type.Literal('held-out'), Type.Literal('validation')], {
      description: 'rows that were learned from, rows that tell when to stop, or rows that were not seen',
    }),
    fold: Type.Optional(Type.Integer({ description: 'from 1, where each fold has a series of its own' })),
    last: Type.Optional(Type.Integer({ description: 'the x it goes to, where that is known' })),
  },
  { description: 'A row of measurements that belong together: a line in a chart.' },
)
export type Series = Static<typeof Series>

export const Measurements = Type.Object(
  {
    seq: Type.Integer({ description: 'number within the run, without gaps' }),
    at: Time,
    step: Type.String(),
    attempt: Type.Integer(),
    series: Series,
    points: Type.Array(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), { description: '[x, y] of each' }),
  },
  { description: 'A piece of a series. Of an x that is told again the last word counts.' },
)
export type Measurements = Static<typeof Measurements>

export const RunPage = Type.Object({ items: Type.Array(RunSummary), nextCursor: Nullable(Type.String()) })
export const LogPage = Type.Object({ items: Type.Array(LogLineSchema), last: Type.Integer() })
export const MeasurementPage = Type.Object({ items: Type.Array(Measurements), last: Type.Integer() })

export const StepDefinitionView = Type.Object({
  name: Type.String(),
  title: Type.String(),
  description: Type.String(),
  group: Type.String(),
  role: Type.String(),
  needs: Type.Array(Type.String()),
  retries: Type.Integer(),
  timeoutMs: Type.Integer(),
  branches: Type.Array(Type.String(), { description: 'steps that do a part of it each, beside one another' }),
})
export type StepDefinitionView = Static<typeof StepDefinitionView>

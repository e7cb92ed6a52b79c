import { boolean, index, integer, jsonb, pgTable, primaryKey, text, timestamp, bigint } from 'drizzle-orm/pg-core'
import type { GateResult } from '../gates/index.ts'
import type { DefinitionSnapshot } from './definition.ts'
import type { Series } from './schemas.ts'
import type { RunState, StepFailure, StepProgress, StepState } from './states.ts'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** One walk through a pipeline's graph. The definition is a snapshot: later releases never change a run that is under way. */
export const pipelineRuns = pgTable(
  'pipeline_runs',
  {
    id: text('id').primaryKey(),
    pipeline: text('pipeline').notNull(),
    definition: jsonb('definition').$type<DefinitionSnapshot>().notNull(),
    project: text('project').notNull(),
    configuration: jsonb('configuration').$type<Record<string, unknown>>().notNull(),
    model: text('model').notNull(),
    state: text('state').$type<RunState>().notNull(),
    trigger: text('trigger').notNull(),
    actor: text('actor').notNull(),
    commit: jsonb('commit').$type<RunCommit>(),
    /** steps of later groups are not started until the run is continued */
    untilGroup: text('until_group'),
    cancelRequested: boolean('cancel_requested').notNull().default(false),
    waitingFor: text('waiting_for'),
    failure: jsonb('failure').$type<StepFailure & { step: string }>(),
    /** what the steps made that other rooms know the run by: modelVersion, datasetVersion, approvalId */
    facts: jsonb('facts').$type<Record<string, string>>().notNull().default({}),
    createdAt: at('created_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (table) => [index('pipeline_runs_created').on(table.createdAt)],
)

export type RunCommit = { sha: string; message: string; author: string; files: string[] }

export const pipelineSteps = pgTable(
  'pipeline_steps',
  {
    runId: text('run_id')
      .notNull()
      .references(() => pipelineRuns.id),
    name: text('name').notNull(),
    state: text('state').$type<StepState>().notNull(),
    attempt: integer('attempt').notNull().default(0),
    inputHash: text('input_hash'),
    outputs: jsonb('outputs').$type<Record<string, unknown>>(),
    gates: jsonb('gates').$type<GateResult[]>().notNull().default([]),
    progress: jsonb('progress').$type<StepProgress>(),
    error: jsonb('error').$type<StepFailure>(),
    startedAt: at('started_at'),
    finishedAt: at('finished_at'),
  },
  (table) => [primaryKey({ columns: [table.runId, table.name] })],
)

export const stepAttempts = pgTable(
  'step_attempts',
  {
    runId: text('run_id').notNull(),
    step: text('step').notNull(),
    attempt: integer('attempt').notNull(),
    state: text('state').$type<StepState>().notNull(),
    startedAt: at('started_at').notNull(),
    finishedAt: at('finished_at'),
    error: jsonb('error').$type<StepFailure>(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.step, table.attempt] })],
)

/** What a step did to the world, once: written in the transaction of the effect itself and looked up before it. */
export const stepEffects = pgTable(
  'step_effects',
  {
    runId: text('run_id').notNull(),
    step: text('step').notNull(),
    attempt: integer('attempt').notNull(),
    key: text('key').notNull(),
    result: jsonb('result'),
    at: at('at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.step, table.attempt, table.key] })],
)

/** The last line number of each run's log: lines are numbered under this row's lock, so readers by number miss none. */
export const stepLogHeads = pgTable('step_log_heads', {
  runId: text('run_id').primaryKey(),
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull(),
})

/** What steps measured while they worked, in pieces of series: numbers only, at most some hundreds of points a series. */
export const stepMeasurements = pgTable(
  'step_measurements',
  {
    runId: text('run_id').notNull(),
    /** grows by one within the run */
    seq: integer('seq').notNull(),
    step: text('step').notNull(),
    attempt: integer('attempt').notNull(),
    at: at('at').notNull(),
    series: jsonb('series').$type<Series>().notNull(),
    /** x and y of each */
    points: jsonb('points').$type<[number, number][]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.seq] })],
)

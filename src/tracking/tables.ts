import { bigint, doublePrecision, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core'

/** Times are milliseconds since 1970, as MLflow's clients send them. */
const ms = (name: string) => bigint(name, { mode: 'number' })

export type LifecycleStage = 'active' | 'deleted'
export type RunStatus = 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED'

/** A name is taken for good: a deleted experiment keeps it and comes back under it. */
export const experiments = pgTable('experiments', {
  experimentId: text('experiment_id').primaryKey(),
  name: text('name').notNull().unique('experiments_name'),
  lifecycleStage: text('lifecycle_stage').$type<LifecycleStage>().notNull().default('active'),
  createdAtMs: ms('created_at_ms').notNull(),
  updatedAtMs: ms('updated_at_ms').notNull(),
})

export const runs = pgTable(
  'runs',
  {
    runId: text('run_id').primaryKey(),
    experimentId: text('experiment_id')
      .notNull()
      .references(() => experiments.experimentId),
    name: text('name').notNull(),
    status: text('status').$type<RunStatus>().notNull(),
    lifecycleStage: text('lifecycle_stage').$type<LifecycleStage>().notNull().default('active'),
    userId: text('user_id').notNull(),
    startTimeMs: ms('start_time_ms').notNull(),
    endTimeMs: ms('end_time_ms'),
  },
  (table) => [
    index('runs_start').on(table.startTimeMs.desc(), table.runId.desc()),
    index('runs_experiment_start').on(table.experimentId, table.startTimeMs.desc(), table.runId.desc()),
  ],
)

const runId = () =>
  text('run_id')
    .notNull()
    .references(() => runs.runId)

/** Written once: a key never changes its value. */
export const runParams = pgTable(
  'run_params',
  { runId: runId(), key: text('key').notNull(), value: text('value').notNull() },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
)

export const runTags = pgTable(
  'run_tags',
  { runId: runId(), key: text('key').notNull(), value: text('value').notNull() },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
)

/** Every point ever logged. The key holds all columns, so that logging a point again adds nothing, and is the order of a curve. */
export const runMetrics = pgTable(
  'run_metrics',
  {
    runId: runId(),
    key: text('key').notNull(),
    step: bigint('step', { mode: 'number' }).notNull(),
    timestampMs: ms('timestamp_ms').notNull(),
    value: doublePrecision('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key, table.step, table.timestampMs, table.value] })],
)

/** The greatest point of each key by (step, timestamp, value): what a run shows and what a search filters by. */
export const runLatestMetrics = pgTable(
  'run_latest_metrics',
  {
    runId: runId(),
    key: text('key').notNull(),
    step: bigint('step', { mode: 'number' }).notNull(),
    timestampMs: ms('timestamp_ms').notNull(),
    value: doublePrecision('value').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.key] })],
)

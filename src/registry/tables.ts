import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'
import type {
  Approval,
  GateResult,
  ModelVersion,
  Signature,
  Stage,
  StageChange,
  Variant,
  VersionEvidence,
  Vote,
} from './schemas.ts'

/** Milliseconds, as JSON shows them: a time that was read finds its row again. */
const at = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** The row whose lock everything takes that changes a model's versions, stages or deployment. */
export const models = pgTable('models', {
  name: text('name').primaryKey(),
  createdAt: at('created_at').notNull().defaultNow(),
})

export const modelVersions = pgTable(
  'model_versions',
  {
    model: text('model')
      .notNull()
      .references(() => models.name),
    version: text('version').notNull(),
    stage: text('stage').$type<Stage>().notNull(),
    artifact: text('artifact').notNull(),
    sizeBytes: bigint('size_bytes', { mode: 'number' }).notNull(),
    algorithm: text('algorithm').notNull(),
    signature: jsonb('signature').$type<Signature>().notNull(),
    metrics: jsonb('metrics').$type<ModelVersion['metrics']>().notNull(),
    threshold: doublePrecision('threshold').notNull(),
    datasetVersion: text('dataset_version').notNull(),
    runId: text('run_id'),
    pipelineRunId: text('pipeline_run_id'),
    evidence: jsonb('evidence').$type<VersionEvidence>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: text('created_by').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.model, table.version] }),
    // At most one champion, whatever the code above does.
    uniqueIndex('model_versions_champion')
      .on(table.model)
      .where(sql`stage = 'production'`),
    uniqueIndex('model_versions_of_run').on(table.model, table.pipelineRunId, table.artifact),
  ],
)

/** How versions decide: files that show single rows, which an erasure takes away, and means that tell of none. */
export const versionExplanations = pgTable(
  'version_explanations',
  {
    model: text('model').notNull(),
    version: text('version').notNull(),
    artifact: text('artifact'),
    means: doublePrecision('means').array(),
    datasetVersion: text('dataset_version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.model, table.version] }),
    foreignKey({ columns: [table.model, table.version], foreignColumns: [modelVersions.model, modelVersions.version] }),
    index('version_explanations_dataset').on(table.datasetVersion),
  ],
)

/** Append-only: what was in which stage at any time, who put it there and on whose approval. */
export const stageChanges = pgTable(
  'stage_changes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull(),
    model: text('model').notNull(),
    version: text('version').notNull(),
    fromStage: text('from_stage').$type<Stage>(),
    toStage: text('to_stage').$type<Stage>().notNull(),
    action: text('action').$type<StageChange['action']>().notNull(),
    actor: text('actor').notNull(),
    reason: text('reason').notNull(),
    approvalId: text('approval_id').references(() => approvals.id),
  },
  (table) => [
    foreignKey({ columns: [table.model, table.version], foreignColumns: [modelVersions.model, modelVersions.version] }),
    index('stage_changes_model').on(table.model, table.id),
    // An approval puts a version live once.
    uniqueIndex('stage_changes_approval')
      .on(table.approvalId)
      .where(sql`action = 'promote' and to_stage = 'production'`),
  ],
)

export const approvals = pgTable(
  'approvals',
  {
    id: text('id').primaryKey(),
    model: text('model').notNull(),
    version: text('version').notNull(),
    artifact: text('artifact').notNull(),
    pipelineRunId: text('pipeline_run_id'),
    policy: text('policy').$type<Approval['policy']>().notNull(),
    required: integer('required').notNull(),
    status: text('status').$type<Approval['status']>().notNull(),
    requestedBy: text('requested_by').notNull(),
    requestedAt: at('requested_at').notNull().defaultNow(),
    expiresAt: at('expires_at').notNull(),
    gates: jsonb('gates').$type<GateResult[]>().notNull(),
  },
  (table) => [
    foreignKey({ columns: [table.model, table.version], foreignColumns: [modelVersions.model, modelVersions.version] }),
    index('approvals_version').on(table.model, table.version),
    index('approvals_waiting')
      .on(table.expiresAt)
      .where(sql`status = 'waiting'`),
  ],
)

/** Append-only. */
export const approvalVotes = pgTable(
  'approval_votes',
  {
    approvalId: text('approval_id')
      .notNull()
      .references(() => approvals.id),
    actor: text('actor').notNull(),
    decision: text('decision').$type<Vote['decision']>().notNull(),
    reason: text('reason').notNull(),
    at: at('at').notNull(),
    selfApproved: boolean('self_approved').notNull(),
    standing: boolean('standing').notNull(),
  },
  (table) => [primaryKey({ columns: [table.approvalId, table.actor] })],
)

/** Append-only: verdicts of gates as they were computed, with the artifact they judged. */
export const gateRecords = pgTable(
  'gate_records',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull().defaultNow(),
    subject: text('subject').notNull(),
    artifact: text('artifact'),
    gate: text('gate').notNull(),
    metric: text('metric').notNull(),
    verdict: text('verdict').$type<GateResult['verdict']>().notNull(),
    result: jsonb('result').$type<GateResult>().notNull(),
  },
  (table) => [index('gate_records_subject').on(table.subject, table.gate, table.metric, table.id)],
)

/** Append-only: blocks that a person lifted for a run, and why. */
export const gateWaivers = pgTable(
  'gate_waivers',
  {
    runId: text('run_id').notNull(),
    gate: text('gate').notNull(),
    actor: text('actor').notNull(),
    reason: text('reason').notNull(),
    at: at('at')
      .notNull()
      .default(sql`clock_timestamp()`),
    ownWork: boolean('own_work').notNull(),
  },
  (table) => [primaryKey({ columns: [table.runId, table.gate] })],
)

/** What every serving process is to answer with. */
export const deployments = pgTable('deployments', {
  model: text('model')
    .primaryKey()
    .references(() => models.name),
  revision: integer('revision').notNull(),
  variants: jsonb('variants').$type<Variant[]>().notNull(),
  changedAt: at('changed_at').notNull(),
  changedBy: text('changed_by').notNull(),
  reason: text('reason').notNull(),
})

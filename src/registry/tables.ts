import { sql } from 'drizzle-orm'
import { bigserial, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core'
import type { GateResult } from '../gates/index.ts'
import type { Stage, Variant, VersionEvidence, VersionMetrics } from './schemas.ts'

const at = (name: string) => timestamp(name, { withTimezone: true })

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
    sizeBytes: integer('size_bytes').notNull(),
    algorithm: text('algorithm').notNull(),
    signature: jsonb('signature').notNull(),
    metrics: jsonb('metrics').$type<VersionMetrics>().notNull(),
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
    // At most one champion per model, whatever the code above does.
    uniqueIndex('model_versions_champion').on(table.model).where(sql`stage = 'production'`),
    uniqueIndex('model_versions_once').on(table.model, table.pipelineRunId, table.artifact),
  ],
)

/** Append-only: what was in which stage at any time, who put it there and on whose approval. */
export const stageChanges = pgTable(
  'stage_changes',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull().defaultNow(),
    model: text('model').notNull(),
    version: text('version').notNull(),
    fromStage: text('from_stage').$type<Stage>(),
    toStage: text('to_stage').$type<Stage>().notNull(),
    actor: text('actor').notNull(),
    reason: text('reason').notNull(),
    approvalId: text('approval_id'),
  },
  (table) => [index('stage_changes_model').on(table.model, table.id)],
)

export const approvals = pgTable('approvals', {
  id: text('id').primaryKey(),
  model: text('model').notNull(),
  version: text('version').notNull(),
  artifact: text('artifact').notNull(),
  pipelineRunId: text('pipeline_run_id'),
  policy: text('policy').notNull(),
  required: integer('required').notNull(),
  status: text('status').notNull(),
  requestedBy: text('requested_by').notNull(),
  requestedAt: at('requested_at').notNull().defaultNow(),
  expiresAt: at('expires_at').notNull(),
  gates: jsonb('gates').$type<GateResult[]>().notNull(),
})

export const approvalVotes = pgTable(
  'approval_votes',
  {
    approvalId: text('approval_id')
      .notNull()
      .references(() => approvals.id),
    actor: text('actor').notNull(),
    decision: text('decision').notNull(),
    reason: text('reason').notNull(),
    at: at('at').notNull().defaultNow(),
    basis: text('basis').notNull(),
  },
  (table) => [primaryKey({ columns: [table.approvalId, table.actor] })],
)

/** Verdicts of the gates as they were computed, bound to the artifact they judged. */
export const gateRecords = pgTable(
  'gate_records',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    at: at('at').notNull().defaultNow(),
    subject: text('subject').notNull(),
    artifact: text('artifact').notNull(),
    gate: text('gate').notNull(),
    result: jsonb('result').$type<GateResult>().notNull(),
  },
  (table) => [index('gate_records_subject').on(table.subject)],
)

/** What every serving process is to answer with; they follow by NOTIFY. */
export const deployments = pgTable('deployments', {
  model: text('model').primaryKey(),
  revision: integer('revision').notNull(),
  variants: jsonb('variants').$type<Variant[]>().notNull(),
  updatedAt: at('updated_at').notNull().defaultNow(),
})

import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { DriftStatus } from './drift.ts'
import type { ReferenceColumn } from './references.ts'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** What a version's traffic is compared with: the rows it was trained on, counted by bin. Written once, with the version. */
export const monitoringReferences = pgTable(
  'monitoring_references',
  {
    model: text('model').notNull(),
    version: text('version').notNull(),
    /** SHA-256 of names and bins: counts on other bins are not compared with these */
    layout: text('layout').notNull(),
    nRows: bigint('n_rows', { mode: 'number' }).notNull(),
    features: jsonb('features').$type<ReferenceColumn[]>().notNull(),
    score: jsonb('score').$type<ReferenceColumn>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.model, table.version] })],
)

/** The last known drift status of a version, so that only a change is an event. */
export const driftStatuses = pgTable(
  'drift_statuses',
  {
    model: text('model').notNull(),
    version: text('version').notNull(),
    status: text('status').$type<DriftStatus>().notNull(),
    changedAt: at('changed_at').notNull(),
    nChanges: integer('n_changes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.model, table.version] })],
)

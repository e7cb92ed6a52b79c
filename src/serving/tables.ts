import { bigint, index, integer, pgTable, primaryKey, smallint, text, timestamp, uuid } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** What turned out to be true of a prediction. Append-only: a correction is the next revision, the highest one holds. */
export const outcomes = pgTable(
  'outcomes',
  {
    predictionId: uuid('prediction_id').notNull(),
    revision: integer('revision').notNull(),
    label: smallint('label').$type<0 | 1>().notNull(),
    observedAt: at('observed_at').notNull(),
    recordedAt: at('recorded_at').notNull().defaultNow(),
    recordedBy: text('recorded_by').notNull(),
  },
  (table) => [primaryKey({ columns: [table.predictionId, table.revision] })],
)

/**
 * What one process counted of one variant in one minute. Each row holds that minute's totals and is rewritten by its own replica
 * alone, so writing it twice changes nothing; rows are merged by adding them up.
 */
export const predictionCounts = pgTable(
  'prediction_counts',
  {
    model: text('model').notNull(),
    version: text('version').notNull(),
    variant: text('variant').$type<'champion' | 'staging' | 'shadow'>().notNull(),
    minute: at('minute').notNull(),
    replica: text('replica').notNull(),
    nApproved: bigint('n_approved', { mode: 'number' }).notNull(),
    nReferred: bigint('n_referred', { mode: 'number' }).notNull(),
    nErrors: bigint('n_errors', { mode: 'number' }).notNull(),
    nInvalid: bigint('n_invalid', { mode: 'number' }).notNull(),
    /** answers by time taken, buckets of latency-histogram.ts */
    latency: bigint('latency', { mode: 'number' }).array().notNull(),
    /** digest of the bins that `bins` was counted on; empty when the version has no reference */
    layout: text('layout').notNull(),
    /** rows by bin: every column of the reference and the score, end to end */
    bins: bigint('bins', { mode: 'number' }).array().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.model, table.version, table.variant, table.minute, table.replica, table.layout] }),
    index('prediction_counts_minute').on(table.minute),
  ],
)

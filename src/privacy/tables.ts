import { sql } from 'drizzle-orm'
import { customType, index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import type { ErasureReport } from './erase/report.ts'

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const at = (name: string) => timestamp(name, { withTimezone: true })

/** Requests to erase a subject. Whom they are about is a pseudonym, and sealed text while the erasure is under way. */
export const erasures = pgTable(
  'erasures',
  {
    id: uuid('id').primaryKey(),
    subject: text('subject').notNull(),
    /** the subject under a key of this erasure, which is destroyed at its end */
    sealed: bytea('sealed'),
    reason: text('reason').notNull(),
    requestedBy: text('requested_by').notNull(),
    runId: text('run_id'),
    report: jsonb('report').$type<ErasureReport>(),
    createdAt: at('created_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  (table) => [
    index('erasures_created').on(table.createdAt),
    uniqueIndex('erasures_under_way')
      .on(table.subject)
      .where(sql`finished_at is null`),
  ],
)

import { integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'

/** Answers to requests that carried an Idempotency-Key, so that a repeated request is answered and not carried out again. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    actor: text('actor').notNull(),
    key: text('key').notNull(),
    route: text('route').notNull(),
    /** SHA-256 of address and body, hex */
    digest: text('digest').notNull(),
    /** null while the request is being answered */
    status: integer('status'),
    contentType: text('content_type'),
    body: text('body'),
    at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.key] })],
)

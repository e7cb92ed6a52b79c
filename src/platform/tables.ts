import { bigserial, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/** Events as their writers left them, in their own transactions. The chainer moves them to `events`. */
export const eventsInbox = pgTable('events_inbox', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  at: timestamp('at', { withTimezone: true }).notNull().defaultNow(),
  type: text('type').notNull(),
  actor: text('actor').notNull(),
  object: text('object').notNull(),
  data: jsonb('data').$type<Record<string, unknown>>().notNull(),
})

/** Processes that take work: start, worker, serve. A row whose heartbeat is old belongs to a dead one. */
export const machines = pgTable('machines', {
  id: text('id').primaryKey(),
  role: text('role').notNull(),
  home: text('home').notNull(),
  pid: integer('pid').notNull(),
  url: text('url'),
  startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
  heartbeatAt: timestamp('heartbeat_at', { withTimezone: true }).notNull().defaultNow(),
})

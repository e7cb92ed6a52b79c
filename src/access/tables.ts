import { index, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const at = (name: string) => timestamp(name, { withTimezone: true })

/** Persons, services and agents: whoever acts. Never deleted, since events name them. */
export const actors = pgTable('actors', {
  id: text('id').primaryKey(),
  name: text('name').notNull().unique(),
  kind: text('kind', { enum: ['person', 'service', 'agent'] }).notNull(),
  roles: text('roles').array().notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
  disabledAt: at('disabled_at'),
})

/** Keys, of which only the SHA-256 is kept. */
export const apiKeys = pgTable(
  'api_keys',
  {
    id: text('id').primaryKey(),
    actorId: text('actor_id')
      .notNull()
      .references(() => actors.id),
    /** the beginning of the key: finds the row, and tells people which key is meant */
    prefix: text('prefix').notNull(),
    hash: text('hash').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    expiresAt: at('expires_at'),
    revokedAt: at('revoked_at'),
    lastUsedAt: at('last_used_at'),
  },
  (table) => [index('api_keys_prefix').on(table.prefix), index('api_keys_actor').on(table.actorId)],
)

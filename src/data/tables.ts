import { bigserial, index, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { Quality } from './quality.ts'

const at = (name: string) => timestamp(name, { withTimezone: true })

export const datasetVersions = pgTable('dataset_versions', {
  /** SHA-256 of the canonical content */
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  nRows: integer('n_rows').notNull(),
  nColumns: integer('n_columns').notNull(),
  contractVersion: integer('contract_version').notNull(),
  source: text('source').notNull(),
  artifact: text('artifact').notNull(),
  quality: jsonb('quality').$type<Quality>().notNull(),
  nQuarantined: integer('n_quarantined').notNull(),
  createdAt: at('created_at').notNull().defaultNow(),
})

export const contracts = pgTable(
  'contracts',
  {
    name: text('name').notNull(),
    version: integer('version').notNull(),
    digest: text('digest').notNull(),
    yaml: text('yaml').notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.name, table.version] })],
)

/** Rows that broke the contract, with the reasons: kept aside, never silently dropped. */
export const quarantinedRows = pgTable(
  'quarantined_rows',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    datasetVersion: text('dataset_version')
      .notNull()
      .references(() => datasetVersions.id),
    row: integer('row').notNull(),
    reasons: jsonb('reasons').$type<string[]>().notNull(),
    values: jsonb('values').$type<Record<string, string | null>>().notNull(),
  },
  (table) => [index('quarantined_rows_version').on(table.datasetVersion, table.row)],
)

/** Versions whose content is gone because a subject was erased from it, with the version that has the rest. */
export const erasedVersions = pgTable('erased_versions', {
  datasetVersion: text('dataset_version')
    .primaryKey()
    .references(() => datasetVersions.id),
  replacedBy: text('replaced_by').notNull(),
  nLeftOut: integer('n_left_out').notNull(),
  erasedAt: at('erased_at').notNull().defaultNow(),
})

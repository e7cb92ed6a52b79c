import { integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import type { SourceFacts } from './landed.ts'
import type { Quality } from './quality.ts'
import type { SplitMethod } from './splits/split-method.ts'

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
  /** the version that this one was made of, by corrections or otherwise */
  parent: text('parent'),
  /** where the data came from; never a credential */
  sourceFacts: jsonb('source_facts').$type<SourceFacts>(),
  /** files, by their digests: figures and cells are raw data and stay out of the database */
  profileArtifact: text('profile_artifact'),
  findingsArtifact: text('findings_artifact'),
  quarantineArtifact: text('quarantine_artifact'),
  correctionsArtifact: text('corrections_artifact'),
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

/** Named splits of a version: which row is for what, as a file. */
export const datasetSplits = pgTable(
  'dataset_splits',
  {
    datasetVersion: text('dataset_version')
      .notNull()
      .references(() => datasetVersions.id),
    name: text('name').notNull(),
    method: jsonb('method').$type<SplitMethod>().notNull(),
    /** bytes: the part of each row, in the order of the version's rows */
    artifact: text('artifact').notNull(),
    /** rows in each part */
    counts: jsonb('counts').$type<number[]>().notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.datasetVersion, table.name] })],
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

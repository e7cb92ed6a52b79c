import { createHash } from 'node:crypto'
import { canonicalJson, type Db, type Tx } from '../platform/index.ts'
import type { CountLayout } from '../serving/index.ts'
import type { Bins } from '../stats/index.ts'

/** A column of the training rows, counted on its own bins. */
export type ReferenceColumn = {
  name: string
  bins: Bins
  counts: number[]
  /** what the model loses without it, on any scale; the score has 1 */
  importance: number
}

/** What a version's traffic is compared with. */
export type Reference = {
  model: string
  version: string
  /** digest of names and bins: only counts on the very same bins are comparable */
  layout: string
  nRows: number
  features: ReferenceColumn[]
  score: ReferenceColumn
}

export type NewReference = {
  model: string
  version: string
  /** every feature with the counts of the training rows on its bins, and the score as the last one */
  features: { name: string; bins: Bins; counts: number[] }[]
  /** permutation importance; a feature that is not named has none */
  importance: { feature: string; mean: number }[]
}

/** Keeps what a version was trained on, as counts. The first reference of a version stays: recording again changes nothing. */
export async function recordReference(tx: Db | Tx, given: NewReference): Promise<void> {
  const importance = new Map(given.importance.map(({ feature, mean }) => [feature, mean]))
  const columns = given.features.map((column) => ({ ...column, importance: importance.get(column.name) ?? 0 }))
  const score = { ...columns.pop()!, importance: 1 }
  const nRows = score.counts.reduce((sum, count) => sum + count, 0)
  await tx.$client.query(
    `insert into monitoring_references (model, version, layout, n_rows, features, score) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing`,
    [given.model, given.version, layoutDigest(columns, score), nRows, JSON.stringify(columns), JSON.stringify(score)],
  )
}

/** The reference of a version; undefined when none was recorded. */
export async function findReference(db: Db | Tx, model: string, version: string): Promise<Reference | undefined> {
  const { rows } = await db.$client.query(
    `select model, version, layout, n_rows as "nRows", features, score from monitoring_references where model = $1 and version = $2`,
    [model, version],
  )
  return rows[0]
}

/** The bins of a version's reference, in the form that serving counts by; hand it to `createServing` as `findLayout`. */
export async function findCountLayout(db: Db | Tx, model: string, version: string): Promise<CountLayout | undefined> {
  const reference = await findReference(db, model, version)
  return reference && { digest: reference.layout, features: reference.features, score: reference.score }
}

function layoutDigest(features: ReferenceColumn[], score: ReferenceColumn): string {
  const bins = [...features, score].map((column) => ({ name: column.name, bins: column.bins }))
  return createHash('sha256').update(canonicalJson(bins)).digest('hex')
}

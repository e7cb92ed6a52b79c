import { AssayError } from '../../errors/index.ts'
import type { Db, Tx } from '../../platform/index.ts'
import type { SplitMethod } from './split-method.ts'

export type StoredSplit = { name: string; method: SplitMethod; artifact: string; counts: number[]; createdAt: string }

/** Keeps a split under its name. @throws SPLIT_INVALID when the name stands for another split of the version already */
export async function recordSplit(
  tx: Tx,
  { datasetVersion, name, method, artifact, counts }: Omit<StoredSplit, 'createdAt'> & { datasetVersion: string },
): Promise<void> {
  const { rowCount } = await tx.$client.query(
    `insert into dataset_splits (dataset_version, name, method, artifact, counts) values ($1, $2, $3, $4, $5)
     on conflict (dataset_version, name) do update set name = excluded.name where dataset_splits.artifact = excluded.artifact`,
    [datasetVersion, name, JSON.stringify(method), artifact, JSON.stringify(counts)],
  )
  if (rowCount === 0)
    throw new AssayError('SPLIT_INVALID', {
      name,
      reason: 'the version has another split of that name, and splits never change',
    })
}

/** The splits of a version, by name. */
export async function listSplits(db: Db | Tx, datasetVersion: string): Promise<StoredSplit[]> {
  const { rows } = await db.$client.query<Omit<StoredSplit, 'createdAt'> & { createdAt: Date }>(
    `select name, method, artifact, counts, created_at as "createdAt" from dataset_splits where dataset_version = $1 order by name`,
    [datasetVersion],
  )
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

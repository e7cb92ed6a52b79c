import { createHash } from 'node:crypto'
import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { Quarantined } from './contract/validate.ts'
import type { DatasetVersion } from './schemas.ts'

const COLUMNS = `id, name, n_rows as "nRows", n_columns as "nColumns", contract_version as "contractVersion", source, artifact,
  quality, n_quarantined as "nQuarantined", created_at as "createdAt"`

/** Records a contract's text as the next version of its name, unless the latest is the same. @returns its version */
export async function recordContract(tx: Tx, { name, yaml }: { name: string; yaml: string }): Promise<number> {
  const digest = createHash('sha256').update(yaml).digest('hex')
  await tx.$client.query('select pg_advisory_xact_lock(hashtext($1))', [`contract ${name}`])
  const latest = await tx.$client.query(
    'select version, digest from contracts where name = $1 order by version desc limit 1',
    [name],
  )
  if (latest.rows[0]?.digest === digest) return latest.rows[0].version
  const version = (latest.rows[0]?.version ?? 0) + 1
  await tx.$client.query('insert into contracts (name, version, digest, yaml) values ($1, $2, $3, $4)', [
    name,
    version,
    digest,
    yaml,
  ])
  return version
}

/** Records a dataset version with its quarantine. The same content is the same version and recorded once. */
export async function recordDatasetVersion(
  tx: Tx,
  version: Omit<DatasetVersion, 'createdAt'> & { actor: string; quarantined: Quarantined[] },
): Promise<void> {
  const { rowCount } = await tx.$client.query(
    `insert into dataset_versions (id, name, n_rows, n_columns, contract_version, source, artifact, quality, n_quarantined)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      version.id,
      version.name,
      version.nRows,
      version.nColumns,
      version.contractVersion,
      version.source,
      version.artifact,
      JSON.stringify(version.quality),
      version.nQuarantined,
    ],
  )
  if (rowCount === 0) return
  await tx.$client.query(
    `insert into quarantined_rows (dataset_version, row, reasons, values)
     select $1, * from unnest($2::int[], $3::jsonb[], $4::jsonb[])`,
    [
      version.id,
      version.quarantined.map((row) => row.row),
      version.quarantined.map((row) => JSON.stringify(row.reasons)),
      version.quarantined.map((row) => JSON.stringify(row.values)),
    ],
  )
  await emitEvent(tx, {
    type: 'dataset.version_recorded',
    actor: version.actor,
    object: `dataset:${version.name}@${version.id.slice(0, 12)}`,
    data: { nRows: version.nRows, nQuarantined: version.nQuarantined },
  })
}

export async function listDatasetVersions(db: Db | Tx, limit: number): Promise<DatasetVersion[]> {
  const { rows } = await db.$client.query(`select ${COLUMNS} from dataset_versions order by created_at desc limit $1`, [
    limit,
  ])
  return rows.map(present)
}

/** @throws NOT_FOUND */
export async function getDatasetVersion(db: Db | Tx, id: string): Promise<DatasetVersion> {
  const { rows } = await db.$client.query(`select ${COLUMNS} from dataset_versions where id = $1`, [id])
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Dataset version', id })
  return present(rows[0])
}

type Row = Omit<DatasetVersion, 'createdAt'> & { createdAt: Date }
const present = (row: Row): DatasetVersion => ({ ...row, createdAt: row.createdAt.toISOString() })

/** Quarantined rows of a version after a row number, in their order. */
export async function listQuarantined(
  db: Db | Tx,
  { id, after, limit }: { id: string; after: number; limit: number },
): Promise<Quarantined[]> {
  const { rows } = await db.$client.query(
    `select row, reasons, values from quarantined_rows where dataset_version = $1 and row > $2 order by row limit $3`,
    [id, after, limit],
  )
  return rows
}

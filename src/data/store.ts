import { AssayError } from '../errors/index.ts'
import { emitEvent, type Db, type Tx } from '../platform/index.ts'
import type { SourceFacts } from './landed.ts'
import type { DatasetVersion } from './schemas.ts'

const COLUMNS = `id, name, n_rows as "nRows", n_columns as "nColumns", contract_version as "contractVersion", source, artifact,
  quality, n_quarantined as "nQuarantined", parent, created_at as "createdAt"`

/** The files of a version beside its data, by their digests, and where it came from. */
export type DatasetEvidence = {
  sourceFacts: SourceFacts | null
  /** JSON: `DatasetProfile` */
  profileArtifact: string | null
  /** JSON: `{ violations, warnings }` */
  findingsArtifact: string | null
  /** JSON lines: `QuarantinedRow` */
  quarantineArtifact: string | null
  /** JSON: the corrections that made it of its parent */
  correctionsArtifact: string | null
}

export type NewDatasetVersion = Omit<DatasetVersion, 'createdAt'> & Partial<DatasetEvidence> & { actor: string }

/** Records a dataset version. The same content is the same version and recorded once. */
export async function recordDatasetVersion(tx: Tx, version: NewDatasetVersion): Promise<void> {
  const json = (value: unknown) => (value === null || value === undefined ? null : JSON.stringify(value))
  const { rowCount } = await tx.$client.query(
    `insert into dataset_versions (id, name, n_rows, n_columns, contract_version, source, artifact, quality, n_quarantined,
       parent, source_facts, profile_artifact, findings_artifact, quarantine_artifact, corrections_artifact)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict do nothing`,
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
      version.parent ?? null,
      json(version.sourceFacts),
      version.profileArtifact ?? null,
      version.findingsArtifact ?? null,
      version.quarantineArtifact ?? null,
      version.correctionsArtifact ?? null,
    ],
  )
  if (rowCount === 0) return
  await emitEvent(tx, {
    type: 'dataset.version_recorded',
    actor: version.actor,
    object: `dataset:${version.name}@${version.id.slice(0, 12)}`,
    data: { nRows: version.nRows, nQuarantined: version.nQuarantined },
  })
}

/** Versions of every dataset, or of one, newest first. */
export async function listDatasetVersions(
  db: Db | Tx,
  { name, limit }: { name?: string; limit: number },
): Promise<DatasetVersion[]> {
  const { rows } = await db.$client.query(
    `select ${COLUMNS} from dataset_versions where $1::text is null or name = $1 order by created_at desc, id limit $2`,
    [name ?? null, limit],
  )
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

/** Null for what a version of an earlier release does not have. @throws NOT_FOUND */
export async function getDatasetEvidence(db: Db | Tx, id: string): Promise<DatasetEvidence> {
  const { rows } = await db.$client.query<DatasetEvidence>(
    `select source_facts as "sourceFacts", profile_artifact as "profileArtifact", findings_artifact as "findingsArtifact",
       quarantine_artifact as "quarantineArtifact", corrections_artifact as "correctionsArtifact"
     from dataset_versions where id = $1`,
    [id],
  )
  if (!rows[0]) throw new AssayError('NOT_FOUND', { what: 'Dataset version', id })
  return rows[0]
}

import { emitEvent, type Db, type Tx } from '../../platform/index.ts'
import { parseContract } from '../contract/contract-yaml.ts'
import type { ContractColumn } from '../contract/contract.ts'

/** A dataset version whose content is there, with the columns that say whose a row is. */
export type StoredVersion = {
  id: string
  name: string
  artifact: string
  source: string
  /** of the role `subject`; where there is none, of the role `id`; empty when rows cannot be told to be anybody's */
  subjectColumns: string[]
  /** text of its contract; null where none was recorded */
  contractYaml: string | null
  /** JSON lines, one a quarantined row; by its digest, as all files here */
  quarantine: string | null
  /** files that hold single cells of many rows: frequent values, examples, corrections */
  excerpts: string[]
}

/** All dataset versions but those that were erased, oldest first. */
export async function listStoredVersions(db: Db | Tx): Promise<StoredVersion[]> {
  const { rows } = await db.$client.query<Omit<StoredVersion, 'subjectColumns'>>(
    `select v.id, v.name, v.artifact, v.source, c.yaml as "contractYaml",
       v.quarantine_artifact as quarantine,
       array_remove(array[v.profile_artifact, v.findings_artifact, v.corrections_artifact], null) as excerpts
     from dataset_versions v
     left join lateral (
       select yaml from contracts where name = v.name order by version = v.contract_version desc, version desc limit 1
     ) c on true
     where not exists (select 1 from erased_versions e where e.dataset_version = v.id)
     order by v.created_at, v.id`,
  )
  return rows.map((version) => ({
    ...version,
    subjectColumns: version.contractYaml === null ? [] : subjectColumns(parseContract(version.contractYaml).columns),
  }))
}

function subjectColumns(columns: ContractColumn[]): string[] {
  const withRole = (wanted: string) => columns.filter(({ role }) => role === wanted).map(({ name }) => name)
  const subjects = withRole('subject')
  return subjects.length > 0 ? subjects : withRole('id')
}

/**
 * Says of every version that names a file beside its data that another one stands in its place, or none.
 * @param nLeftOut lines that the new one does not have: so many fewer are quarantined
 */
export async function replaceEvidence(
  db: Db | Tx,
  { from, to, nLeftOut }: { from: string; to: string | null; nLeftOut: number },
): Promise<void> {
  await db.$client.query(
    `update dataset_versions set
       profile_artifact = case when profile_artifact = $1 then $2 else profile_artifact end,
       findings_artifact = case when findings_artifact = $1 then $2 else findings_artifact end,
       quarantine_artifact = case when quarantine_artifact = $1 then $2 else quarantine_artifact end,
       n_quarantined = case when quarantine_artifact = $1 then greatest(n_quarantined - $3, 0) else n_quarantined end,
       corrections_artifact = case when corrections_artifact = $1 then $2 else corrections_artifact end
     where $1 in (profile_artifact, findings_artifact, quarantine_artifact, corrections_artifact)`,
    [from, to, nLeftOut],
  )
}

/** Says that a version's content is gone, and which version has the rest. Said twice it changes nothing. */
export async function recordErasedVersion(
  tx: Tx,
  erased: { id: string; name: string; replacedBy: string; nLeftOut: number; actor: string },
): Promise<void> {
  const { rowCount } = await tx.$client.query(
    `insert into erased_versions (dataset_version, replaced_by, n_left_out) values ($1, $2, $3) on conflict do nothing`,
    [erased.id, erased.replacedBy, erased.nLeftOut],
  )
  if (rowCount === 0) return
  await emitEvent(tx, {
    type: 'dataset.version_erased',
    actor: erased.actor,
    object: `dataset:${erased.name}@${erased.id.slice(0, 12)}`,
    data: { replacedBy: erased.replacedBy },
  })
}

/** Which versions have the rest of those that were erased, by their ids. */
export async function findSuccessors(db: Db | Tx, ids: string[]): Promise<Map<string, string>> {
  const { rows } = await db.$client.query<{ id: string; replacedBy: string }>(
    'select dataset_version as id, replaced_by as "replacedBy" from erased_versions where dataset_version = any($1)',
    [ids],
  )
  return new Map(rows.map(({ id, replacedBy }) => [id, replacedBy]))
}

/** Artifacts of erased versions that no version uses any more: their files are to go. */
export async function listErasedArtifacts(db: Db | Tx): Promise<string[]> {
  const { rows } = await db.$client.query<{ artifact: string }>(
    `select v.artifact from dataset_versions v join erased_versions e on e.dataset_version = v.id
     where not exists (
       select 1 from dataset_versions o where o.artifact = v.artifact
         and not exists (select 1 from erased_versions oe where oe.dataset_version = o.id))`,
  )
  return rows.map(({ artifact }) => artifact)
}

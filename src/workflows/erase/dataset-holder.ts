import {
  getDatasetEvidence,
  getDatasetVersion,
  listErasedArtifacts,
  listStoredVersions,
  recordDatasetVersion,
  recordErasedVersion,
  replaceEvidence,
  type StoredVersion,
} from '../../data/index.ts'
import { withTransaction } from '../../platform/index.ts'
import type { Erased, Finding, HolderContext, PersonalDataHolder, Subject } from '../../privacy/index.ts'
import { forgetExplanation } from '../../registry/index.ts'
import { runJob } from '../jobs/run-job.ts'
import { findSubjectJob, withoutSubjectJob } from '../jobs/subject.ts'
import { derivedArtifacts, type DerivedArtifact } from './derived-artifacts.ts'
import type { EraseDeps } from './deps.ts'

const ROOM = 'data'

/** A dataset version, and what runs made of it, with how much of each is the subject's. */
type Searched = { version: StoredVersion; nRows: number; derived: Derived[] }
type Derived = DerivedArtifact & { nLines: number }

/**
 * Dataset versions and what was made of them. A version with rows of the subject is replaced by one without them and its file goes;
 * of what was derived, lines that mention the subject are left out of a new file, and excerpts of
 * many rows (profile, findings, explanations) go; the new version gets a profile of its own, and explanations are computed anew
 * when they are asked for.
 */
export function datasetHolder(deps: Pick<EraseDeps, 'db' | 'artifacts' | 'config'>): PersonalDataHolder {
  return {
    room: ROOM,
    async find(subject, context) {
      return (await search(deps, subject, context)).flatMap(({ version, nRows, derived }) => [
        ...(nRows > 0 ? [finding('dataset version', version.id, nRows)] : []),
        ...derived.map(({ artifact, nLines }) => finding('artifact', artifact, nLines)),
      ])
    },
    async erase(subject, context) {
      const erased: Erased[] = []
      for (const { version, nRows, derived } of await search(deps, subject, context)) {
        for (const file of derived) erased.push(await removeDerived(deps, { file, version, subject, context }))
        // After what was derived: the new version takes over what is left of it.
        if (nRows > 0) erased.push(await replace(deps, { version, subject, context }))
      }
      // Also those of an erasure that was cut off between its record and its files.
      for (const artifact of await listErasedArtifacts(deps.db)) await deps.artifacts.remove(artifact)
      return erased
    },
  }
}

const finding = (kind: string, id: string, count: number): Finding => ({ room: ROOM, kind, id, count })

async function search(
  { db, artifacts }: Pick<EraseDeps, 'db' | 'artifacts'>,
  subject: Subject,
  context: HolderContext,
): Promise<Searched[]> {
  const versions = await listStoredVersions(db)
  if (versions.length === 0) return []
  const derived = await Promise.all(versions.map((version) => derivedArtifacts(db, version)))
  // One process for all of them: starting one takes longer than searching most files.
  const files = versions.flatMap(({ artifact, subjectColumns }, i) =>
    [artifact, ...derived[i].map((file) => file.artifact)].map((digest) => ({
      path: artifacts.path(digest),
      columns: subjectColumns,
    })),
  )
  const { counts } = await runJob(findSubjectJob, { files, values: valuesOf(subject) }, context)
  let next = 0
  return versions.flatMap((version, i) => {
    const nRows = counts[next++]
    const counted = derived[i].map((file) => ({ ...file, nLines: counts[next++] }))
    const isAffected = nRows > 0 || counted.some(({ nLines }) => nLines > 0)
    // An excerpt may show a cell of the subject's rows without the subject beside it.
    const found = counted.filter(({ isExcerpt, nLines }) => nLines > 0 || (isAffected && isExcerpt))
    return isAffected ? [{ version, nRows, derived: found }] : []
  })
}

/** Records the version without the subject's rows, says which it replaces, then takes the old file away. */
async function replace(
  { db, artifacts, config }: Pick<EraseDeps, 'db' | 'artifacts' | 'config'>,
  { version, subject, context }: { version: StoredVersion; subject: Subject; context: HolderContext },
): Promise<Erased> {
  const marks = { columns: version.subjectColumns, values: valuesOf(subject) }
  const rest = await runJob(
    withoutSubjectJob,
    {
      artifact: version.artifact,
      marks,
      artifactDir: config.artifactDir,
      contractYaml: version.contractYaml ?? undefined,
    },
    context,
  )
  const before = { ...(await getDatasetVersion(db, version.id)), ...(await getDatasetEvidence(db, version.id)) }
  await withTransaction(db, async (tx) => {
    await recordDatasetVersion(tx, {
      ...before,
      id: rest.contentId,
      artifact: rest.artifact,
      nRows: rest.nKept,
      parent: version.id,
      profileArtifact: rest.profileArtifact,
      actor: context.actor,
    })
    await recordErasedVersion(tx, {
      id: version.id,
      name: version.name,
      replacedBy: rest.contentId,
      nLeftOut: rest.nLeftOut,
      actor: context.actor,
    })
  })
  await artifacts.remove(version.artifact)
  context.log('info', `Dataset ${version.name}: ${rest.nLeftOut} rows left out of ${version.id.slice(0, 12)}.`)
  return { ...finding('dataset version', version.id, rest.nLeftOut), outcome: 'replaced', replacedBy: rest.contentId }
}

async function removeDerived(
  { db, artifacts, config }: Pick<EraseDeps, 'db' | 'artifacts' | 'config'>,
  given: { file: Derived; version: StoredVersion; subject: Subject; context: HolderContext },
): Promise<Erased> {
  const { file, version, subject, context } = given
  const { artifact, nLines, isExcerpt } = file
  const found = finding('artifact', artifact, nLines)
  if (isExcerpt) {
    await replaceEvidence(db, { from: artifact, to: null, nLeftOut: 0 })
    await forgetExplanation(db, artifact)
    await artifacts.remove(artifact)
    return { ...found, outcome: 'removed' }
  }
  const marks = { columns: version.subjectColumns, values: valuesOf(subject) }
  const rest = await runJob(withoutSubjectJob, { artifact, marks, artifactDir: config.artifactDir }, context)
  const left = rest.nKept > 0 ? rest.artifact : undefined
  await replaceEvidence(db, { from: artifact, to: left ?? null, nLeftOut: rest.nLeftOut })
  await artifacts.remove(artifact)
  return left ? { ...found, outcome: 'replaced', replacedBy: left } : { ...found, outcome: 'removed' }
}

const valuesOf = ({ value, pseudonyms }: Subject) => [value, ...pseudonyms]

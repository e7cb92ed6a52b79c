import fs from 'node:fs/promises'
import path from 'node:path'
import { listStoredVersions } from '../../data/index.ts'
import { shred, type Db } from '../../platform/index.ts'
import type { Finding, HolderContext, PersonalDataHolder, Subject } from '../../privacy/index.ts'
import { findSubjectJob } from '../jobs/subject.ts'
import { runJob } from '../jobs/run-job.ts'

const ROOM = 'uploads'

/**
 * Files that were uploaded: what an import read is a dataset version by now, so an upload that mentions the subject goes as a whole.
 * @param directory folder with one folder an upload; need not exist
 */
export function uploadHolder({ db, directory }: { db: Db; directory: string }): PersonalDataHolder {
  async function find({ value, pseudonyms }: Subject, context: HolderContext): Promise<Finding[]> {
    const ids = await fs.readdir(directory).catch(() => [])
    if (ids.length === 0) return []
    const versions = await listStoredVersions(db)
    const columns = [...new Set(versions.flatMap(({ subjectColumns }) => subjectColumns))]
    const files = ids.map((id) => ({ path: contentOf(id), columns }))
    const { counts } = await runJob(findSubjectJob, { files, values: [value, ...pseudonyms] }, context)
    return ids.flatMap((id, i) => (counts[i] > 0 ? [{ room: ROOM, kind: 'upload', id, count: counts[i] }] : []))
  }
  const contentOf = (id: string) => path.join(directory, id, 'content')

  return {
    room: ROOM,
    find,
    async erase(subject, context) {
      const found = await find(subject, context)
      for (const { id } of found) {
        await shred(contentOf(id))
        await fs.rm(path.join(directory, id), { recursive: true, force: true })
      }
      return found.map((finding) => ({ ...finding, outcome: 'removed' }))
    },
  }
}

import { AssayError } from '../errors/index.ts'
import type { Db } from '../platform/index.ts'
import { listApprovals } from './approvals.ts'
import { findPreviousChampion } from './champion.ts'
import { getDeployment } from './deployment.ts'
import { listGates, versionSubject } from './gate-records.ts'
import { getEvidence, getVersion, listModelNames, listVersions, stageHistory } from './versions.ts'

export async function modelSummaries(db: Db) {
  const names = await listModelNames(db)
  return Promise.all(
    names.map(async (name) => {
      const versions = await listVersions(db, name)
      const champion = versions.find((version) => version.isChampion)?.version ?? null
      return { name, champion, nVersions: versions.length, latest: versions[0] }
    }),
  )
}

/** @throws NOT_FOUND */
export async function modelDetail(db: Db, name: string) {
  const versions = await listVersions(db, name)
  if (versions.length === 0) throw new AssayError('NOT_FOUND', { what: 'Model', id: name })
  const [previous, history, deployment] = await Promise.all([
    findPreviousChampion(db, name),
    stageHistory(db, name),
    getDeployment(db, name),
  ])
  return {
    name,
    champion: versions.find((version) => version.isChampion)?.version ?? null,
    previousChampion: previous?.version ?? null,
    versions,
    history,
    variants: deployment?.variants ?? [],
  }
}

/** @throws NOT_FOUND */
export async function versionDetail(db: Db, model: string, version: string) {
  const found = await getVersion(db, model, version)
  const [evidence, gates, approvals, history] = await Promise.all([
    getEvidence(db, model, version),
    listGates(db, versionSubject(model, version)),
    listApprovals(db, { model, version }),
    stageHistory(db, model, version),
  ])
  return { ...found, ...evidence, gates, approvals, history }
}

/** Two versions side by side, metric by metric. @throws NOT_FOUND */
export async function compareVersions(db: Db, model: string, [first, second]: [string, string]) {
  const a = await getVersion(db, model, first)
  const b = await getVersion(db, model, second)
  const names = [...new Set([...Object.keys(a.metrics), ...Object.keys(b.metrics)])]
  const metrics = names.map((name) => {
    const [of, against] = [a.metrics[name] ?? null, b.metrics[name] ?? null]
    return { name, a: of, b: against, difference: of && against ? against.estimate - of.estimate : null }
  })
  return { a, b, metrics }
}

import type { Db } from '../platform/index.ts'
import { findDeployment, findPreviousChampion, getVersion, listDeployments } from '../registry/index.ts'
import type { DesiredDeployments } from './runtime.ts'

/** The registry's wishes, read with connections of the pool. */
export function desiredDeployments(db: Db): DesiredDeployments {
  return {
    list: () => listDeployments(db),
    find: (model) => findDeployment(db, model),
    getVersion: (model, version) => getVersion(db, model, version),
    findPreviousChampion: (model) => findPreviousChampion(db, model),
  }
}

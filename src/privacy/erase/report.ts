import type { Erased } from './holder.ts'

/** What an erasure did, in ids and counts. */
export type ErasureReport = {
  erased: Erased[]
  /** keys that the subject's inputs were sealed with */
  nKeysDestroyed: number
  /** model versions that learned from rows of the subject: they are not unlearned, and are named for whoever decides on them */
  models: { model: string; version: string; stage: string; datasetVersion: string }[]
  /** where the data came from: outside the home, so not touched */
  sources: { datasetVersion: string; source: string }[]
  /** dataset versions that name no column of subjects or ids, so that nothing in them could be told to be the subject's */
  unsearched: string[]
  /** nothing of the subject was found afterwards */
  verifiedAt: string
}

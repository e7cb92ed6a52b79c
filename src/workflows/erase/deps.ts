import type { ArtifactStore, Config, Db } from '../../platform/index.ts'
import type { Keys, PersonalDataHolder } from '../../privacy/index.ts'

/** What the steps of an erasure need beside their context. */
export type EraseDeps = {
  db: Db
  keys: Keys
  artifacts: ArtifactStore
  config: Pick<Config, 'artifactDir' | 'home'>
  /** every room that holds personal data, in the order they are asked */
  holders: PersonalDataHolder[]
}

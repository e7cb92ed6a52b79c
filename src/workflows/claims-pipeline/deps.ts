import type { Config, ArtifactStore, Db } from '../../platform/index.ts'
import type { Keys } from '../../privacy/index.ts'
import type { Serving } from '../../serving/index.ts'

/** What the stages need beside their context. */
export type StageDeps = {
  db: Db
  artifacts: ArtifactStore
  serving: Serving
  /** of pseudonyms, where a contract asks for them */
  keys: Pick<Keys, 'pseudonyms'>
  config: Pick<Config, 'threads' | 'artifactDir' | 'dataRoots'>
}

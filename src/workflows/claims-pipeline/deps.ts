import type { Config, ArtifactStore, Db } from '../../platform/index.ts'
import type { Serving } from '../../serving/index.ts'

/** What the stages need beside their context. */
export type StageDeps = {
  db: Db
  artifacts: ArtifactStore
  serving: Serving
  config: Pick<Config, 'threads' | 'artifactDir'>
}

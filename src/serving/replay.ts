import { AssayError } from '../errors/index.ts'
import { loadModel as loadModelBytes, type Model } from '../learn/index.ts'
import type { ArtifactStore, Db, Tx } from '../platform/index.ts'
import { getVersion } from '../registry/index.ts'
import { loadVersion } from './loaded-version.ts'
import { getPrediction } from './predictions.ts'
import { FaultList } from './validation.ts'

export type Replay = {
  id: string
  /** the same 64 bits */
  equal: boolean
  logged: number
  replayed: number
  modelVersion: string
  /** SHA-256 of the model file that was read for it */
  artifact: string
}

/**
 * Recomputes a logged prediction from its logged input and the version's file, whose hash is verified, and compares the scores
 * bit for bit. Nothing that serving holds in memory is used.
 * @param loadModel reads a model file
 * @throws NOT_FOUND, REPLAY_IMPOSSIBLE for a shadow that failed, ARTIFACT_CORRUPT
 */
export async function replay(
  db: Db | Tx,
  artifacts: Pick<ArtifactStore, 'get'>,
  id: string,
  loadModel: (bytes: Uint8Array) => Model = loadModelBytes,
): Promise<Replay> {
  const logged = await getPrediction(db, id)
  if (logged.score === null)
    throw new AssayError('REPLAY_IMPOSSIBLE', { id, reason: logged.error ?? 'it has no score' })
  const { input } = logged.mirrors === null ? logged : await getPrediction(db, logged.mirrors)
  const version = await getVersion(db, logged.model, logged.version)
  const loaded = await loadVersion({ artifacts, loadModel, findLayout: async () => undefined }, version)
  const row = loaded.validator.validate(input, 0, new FaultList())
  const [replayed] = loaded.score([row])
  return {
    id,
    equal: Object.is(replayed, logged.score),
    logged: logged.score,
    replayed,
    modelVersion: logged.version,
    artifact: version.artifact,
  }
}

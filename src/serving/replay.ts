import { AssayError } from '../errors/index.ts'
import { loadModel as loadModelBytes, type Model } from '../learn/index.ts'
import type { ArtifactStore, Db, Tx } from '../platform/index.ts'
import { getVersion } from '../registry/index.ts'
import { loadVersion } from './loaded-version.ts'
import { getPrediction, type InputKeys } from './predictions.ts'
import { FaultList } from './validation.ts'

export type Replay = Replayed | ErasedReplay

/** The subject was erased and the input with it: nothing is left to recompute from. */
export type ErasedReplay = { id: string; erased: true; logged: number; modelVersion: string }

export type Replayed = {
  id: string
  erased: false
  /** the same 64 bits */
  equal: boolean
  logged: number
  replayed: number
  modelVersion: string
  /** SHA-256 of the model file that was read for it */
  artifact: string
}

export type ReplayParts = {
  artifacts: Pick<ArtifactStore, 'get'>
  keys: InputKeys
  /** reads a model file */
  loadModel?: (bytes: Uint8Array) => Model
}

/**
 * Recomputes a logged prediction from its logged input and the version's file, whose hash is verified, and compares the scores
 * bit for bit. Nothing that serving holds in memory is used.
 * @throws NOT_FOUND, REPLAY_IMPOSSIBLE for a shadow that failed, ARTIFACT_CORRUPT
 */
export async function replay(
  db: Db | Tx,
  { artifacts, keys, loadModel = loadModelBytes }: ReplayParts,
  id: string,
): Promise<Replay> {
  const logged = await getPrediction(db, keys, id)
  if (logged.score === null)
    throw new AssayError('REPLAY_IMPOSSIBLE', { id, reason: logged.error ?? 'it has no score' })
  const { input, erased } = logged.mirrors === null ? logged : await getPrediction(db, keys, logged.mirrors)
  if (erased) return { id, erased, logged: logged.score, modelVersion: logged.version }
  const version = await getVersion(db, logged.model, logged.version)
  const loaded = await loadVersion({ artifacts, loadModel, findLayout: async () => undefined }, version)
  const row = loaded.validator.validate(input, 0, new FaultList())
  const [replayed] = loaded.score([row])
  return {
    id,
    erased: false,
    equal: Object.is(replayed, logged.score),
    logged: logged.score,
    replayed,
    modelVersion: logged.version,
    artifact: version.artifact,
  }
}

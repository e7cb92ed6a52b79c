import { AssayError } from '../../errors/index.ts'
import { createCalibratedCodec } from '../calibration/codec.ts'
import { algorithms } from './algorithms.ts'
import type { AnyModel } from './any-model.ts'
import { modelBytesInvalid, type ModelCodec } from './codec.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import type { Model } from './model.ts'
import { multiclassAlgorithms } from './other-tasks/multiclass-algorithms.ts'
import { regressionAlgorithms } from './other-tasks/regression-algorithms.ts'

/** The codec of every kind of model, by what stands in the header. */
const codecs = new Map<string, ModelCodec>(
  [
    ...[algorithms, regressionAlgorithms, multiclassAlgorithms]
      .flatMap((table) => Object.values<{ codec: ModelCodec }>(table))
      .map(({ codec }) => codec),
    createCalibratedCodec({ serialise: serialiseModel, load: loadModel }) as ModelCodec,
  ].map((codec) => [codec.algorithm, codec]),
)

/**
 * The bytes of a model of any task. The same model gives the same bytes, always and everywhere. O(bytes).
 * @throws TypeError for a model of another library
 */
export function serialiseModel(model: AnyModel): Uint8Array {
  for (const codec of codecs.values()) {
    if (codec.accepts(model)) return sealEnvelope(codec.encode(model))
  }
  throw new TypeError(`serialiseModel: ${model.algorithm} did not come from this library`)
}

/**
 * The model of these bytes, whose scores say how likely the positive of two classes is; it predicts exactly as the one that was
 * serialised. The bytes are copied. O(bytes).
 * @throws MODEL_BYTES_INVALID, saying what was found and what was expected; so also for a model of another task
 */
export function loadModel(bytes: Uint8Array): Model {
  const model = loadAnyModel(bytes)
  if (model.task === undefined) return model
  throw modelBytesInvalid(`a ${model.task} model`, 'one that scores two classes; loadAnyModel reads the others')
}

/**
 * As `loadModel`, for a model of any task.
 * @throws MODEL_BYTES_INVALID, saying what was found and what was expected
 */
export function loadAnyModel(bytes: Uint8Array): AnyModel {
  try {
    const { header, body } = openEnvelope(bytes)
    const codec = codecs.get(header.algorithm)
    if (!codec) throw modelBytesInvalid(`the algorithm ${header.algorithm}`, [...codecs.keys()].join(', '))
    return codec.decode(header, body)
  } catch (cause) {
    // What passed the checksum but cannot be read was written by another program.
    if (cause instanceof AssayError && cause.code === 'MODEL_BYTES_INVALID') throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw modelBytesInvalid(`contents that do not fit (${reason})`, 'a model written by Assay', cause)
  }
}

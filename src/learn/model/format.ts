import { AssayError } from '../../errors/index.ts'
import { createCalibratedCodec } from '../calibration/codec.ts'
import { algorithms } from './algorithms.ts'
import { modelBytesInvalid, type ModelCodec } from './codec.ts'
import { openEnvelope, sealEnvelope } from './envelope.ts'
import type { Model } from './model.ts'

/** The codec of every kind of model, by what stands in the header. */
const codecs = new Map<string, ModelCodec>(
  [
    ...Object.values(algorithms).map(({ codec }) => codec as ModelCodec),
    createCalibratedCodec({ serialise: serialiseModel, load: loadModel }) as ModelCodec,
  ].map((codec) => [codec.algorithm, codec]),
)

/**
 * The bytes of a model. The same model gives the same bytes, always and everywhere. O(bytes).
 * @throws TypeError for a model of another library
 */
export function serialiseModel(model: Model): Uint8Array {
  for (const codec of codecs.values()) {
    if (codec.accepts(model)) return sealEnvelope(codec.encode(model))
  }
  throw new TypeError(`serialiseModel: ${model.algorithm} did not come from this library`)
}

/**
 * The model of these bytes; it predicts exactly as the one that was serialised. The bytes are copied. O(bytes).
 * @throws MODEL_BYTES_INVALID, saying what was found and what was expected
 */
export function loadModel(bytes: Uint8Array): Model {
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

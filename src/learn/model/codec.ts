import { AssayError } from '../../errors/index.ts'
import type { AnyModel } from './any-model.ts'

/** A header that says which codec wrote it, and whatever else that codec wants; JSON keeps the order of its keys. */
export type ModelHeader = { algorithm: string }

/** A model taken apart: the header becomes JSON, the parts follow it without gaps. */
export type EncodedModel = { header: ModelHeader; parts: readonly ArrayBufferView[] }

/**
 * How one kind of model is written and read. The envelope around it (magic, version, length, checksum) is the same for all,
 * see `envelope.ts`; a codec sees its own header and body alone.
 */
export type ModelCodec<Fitted extends AnyModel = AnyModel> = {
  /** What stands in the header as `algorithm`. Never renamed: artifacts hold it. */
  readonly algorithm: string
  /** Whether this codec writes that model. */
  accepts(model: AnyModel): model is Fitted
  /** The same model gives the same header and parts, always and everywhere. */
  encode(model: Fitted): EncodedModel
  /**
   * The model of a header and body that passed the checksum. They may still come from another program, so whatever could lead
   * the evaluator astray is refused.
   * @param header what JSON gave, unchecked but for `algorithm`
   * @param body a copy with a buffer of its own, from offset 0, so parts may be viewed in place
   * @throws MODEL_BYTES_INVALID; anything else it throws is wrapped into that
   */
  decode(header: ModelHeader, body: Uint8Array<ArrayBuffer>): Fitted
}

/** The error for bytes that are no usable model: what was found, what was expected. */
export function modelBytesInvalid(found: string, expected: string, cause?: unknown): AssayError {
  return new AssayError('MODEL_BYTES_INVALID', { found, expected }, { cause })
}

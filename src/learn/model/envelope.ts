import { modelBytesInvalid, type EncodedModel, type ModelHeader } from './codec.ts'
import { crc32 } from './crc32.ts'

/*
 * The bytes of every model, little-endian throughout:
 *
 *   0   8 bytes  "ASSAYMDL"
 *   8   u32      version of this format, 1
 *   12  u32      bytes in all
 *   16  u32      CRC-32 of everything from byte 20
 *   20  u32      bytes of the header
 *   24  header   JSON in UTF-8, `algorithm` first, filled with spaces so that the body starts on 8 bytes
 *       body     the parts of the algorithm's codec, one after another
 *
 * Nothing in it depends on time, machine or number of threads.
 */
const MAGIC = 'ASSAYMDL'
const VERSION = 1
const START_BYTES = 24

/** Puts header and parts into an envelope. O(bytes). */
export function sealEnvelope({ header, parts }: EncodedModel): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const bodyAt = roundUp(START_BYTES + json.length, 8)
  const sizeBytes = parts.reduce((sum, part) => sum + part.byteLength, bodyAt)
  const bytes = new Uint8Array(sizeBytes).fill(0x20, START_BYTES, bodyAt)
  bytes.set(new TextEncoder().encode(MAGIC))
  bytes.set(json, START_BYTES)
  let at = bodyAt
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  const view = new DataView(bytes.buffer)
  view.setUint32(8, VERSION, true)
  view.setUint32(12, sizeBytes, true)
  view.setUint32(20, bodyAt - START_BYTES, true)
  view.setUint32(16, crc32(bytes.subarray(20)), true)
  return bytes
}

/**
 * Header and body of an envelope whose magic, version, length and checksum are right. The body is copied. O(bytes).
 * @throws MODEL_BYTES_INVALID; what JSON or UTF-8 decoding throws for a header that another program wrote
 */
export function openEnvelope(bytes: Uint8Array): { header: ModelHeader; body: Uint8Array<ArrayBuffer> } {
  checkEnvelope(bytes)
  const bodyAt = START_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(20, true)
  const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(START_BYTES, bodyAt))
  return { header: JSON.parse(json) as ModelHeader, body: new Uint8Array(bytes.subarray(bodyAt)) }
}

/** Magic, version, length, checksum. */
function checkEnvelope(bytes: Uint8Array): void {
  if (bytes.length < START_BYTES)
    throw modelBytesInvalid(`${bytes.length} bytes`, `a model file of at least ${START_BYTES}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length))
  if (magic !== MAGIC)
    throw modelBytesInvalid(`a file that begins with ${JSON.stringify(magic)}`, JSON.stringify(MAGIC))
  const version = view.getUint32(8, true)
  if (version !== VERSION) throw modelBytesInvalid(`version ${version} of the format`, `version ${VERSION}`)
  const sizeBytes = view.getUint32(12, true)
  if (sizeBytes !== bytes.length) throw modelBytesInvalid(`${bytes.length} bytes`, `the ${sizeBytes} that were written`)
  const found = crc32(bytes.subarray(20))
  const wanted = view.getUint32(16, true)
  if (found !== wanted) throw modelBytesInvalid(`the checksum ${found.toString(16)}`, wanted.toString(16))
}

function roundUp(n: number, multiple: number): number {
  return Math.ceil(n / multiple) * multiple
}

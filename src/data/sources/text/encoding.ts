import { isUtf8 } from 'node:buffer'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const
export type Encoding = (typeof encodings)[number]

/**
 * UTF-16 by its byte-order mark, or by the zero byte that every second byte of Western text is then.
 * @param head beginning of the file, 64 KiB or so
 */
export function findUtf16(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const nZeros = [0, 0]
  for (let i = 0; i < head.length; i++) if (head[i] === 0) nZeros[i % 2]++
  const nPairs = head.length / 2
  if (nZeros[1] > 0.6 * nPairs && nZeros[0] < 0.05 * nPairs) return 'utf-16le'
  if (nZeros[0] > 0.6 * nPairs && nZeros[1] < 0.05 * nPairs) return 'utf-16be'
  return undefined
}

/** Says of bytes, given piece by piece, whether they are UTF-8. */
export class Utf8Check {
  isValid = true
  #rest = Buffer.alloc(0)

  push(bytes: Buffer): void {
    if (!this.isValid) return
    const given = this.#rest.length > 0 ? Buffer.concat([this.#rest, bytes]) : bytes
    const whole = given.length - unfinishedBytes(given)
    this.isValid = isUtf8(given.subarray(0, whole))
    this.#rest = Buffer.from(given.subarray(whole))
  }

  end(): boolean {
    return this.isValid && this.#rest.length === 0
  }
}

/** How many bytes at the end begin a character that is not complete. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0
  }
  return 0
}

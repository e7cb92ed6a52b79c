import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import zlib from 'node:zlib'
import { AssayError } from '../../../errors/index.ts'
import type { SourceFile } from '../file.ts'
import { findUtf16, Utf8Check, type Encoding } from './encoding.ts'

/** What one pass over all bytes of a text file tells. */
export type TextFacts = {
  sha256: string
  /** the plain text: the file itself, or what was unpacked from it */
  textPath: string
  textBytes: number
  encoding: Encoding
  /** lines end in more than one way, which DuckDB does not read */
  hasMixedLineEnds: boolean
  /** cells may begin or end with other blanks than spaces; cutting those off takes DuckDB as long as all the rest */
  hasOddBlanks: boolean
}

/** How the kind of a source says what is wrong with the file as a whole. */
export type FileFaults = { empty(reason: string): AssayError; broken(reason: string, cause?: unknown): AssayError }

export type UnpackLimits = { maxBytes: number; maxRatio: number }

/** Gzip packs a thousandfold at most, tables of data hardly fiftyfold: a file beyond the ratio was made to fill the disk. */
const defaultLimits: UnpackLimits = { maxBytes: 200 * 2 ** 30, maxRatio: 200 }
/** Small files may be as repetitive as they like. */
const RATIO_FROM_BYTES = 2 ** 26
const HEAD_BYTES = 65_536

/**
 * Reads a text file from end to end, at the speed of the disk: its digest, its encoding, how its lines end. What is gzipped is
 * unpacked into `directory` on the way.
 * @throws UNPACKED_TOO_LARGE and what `faults` make
 */
export async function inspectText(
  file: SourceFile,
  directory: string,
  faults: FileFaults,
  limits = defaultLimits,
): Promise<TextFacts> {
  if (file.sizeBytes === 0) throw faults.empty('the file is empty')
  const head = await readHead(file.path, HEAD_BYTES)
  const otherFormat = findOtherFormat(head)
  if (otherFormat) throw faults.broken(otherFormat)
  const isPacked = head[0] === 0x1f && head[1] === 0x8b
  const hash = createHash('sha256')
  const text = new TextInspector(faults)
  const guard = guardUnpacking(file, limits)
  const textPath = isPacked ? path.join(directory, `unpacked-${randomUUID()}`) : file.path
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  const inspected = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      if (isPacked) guard(chunk.length)
      text.push(chunk)
      if (isPacked) yield chunk
    }
  }
  const raw = fs.createReadStream(file.path, { highWaterMark: 2 ** 20 })
  try {
    if (isPacked) await pipeline(raw, hashed, zlib.createGunzip(), inspected, fs.createWriteStream(textPath))
    else await pipeline(raw, hashed, inspected, drain)
  } catch (error) {
    if (error instanceof AssayError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    const reason = code?.startsWith('Z_') ? `it is not a whole gzip file (${message})` : message
    throw faults.broken(reason, error)
  }
  return { sha256: hash.digest('hex'), textPath, ...text.end() }
}

async function drain(chunks: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of chunks) void _
}

/** @throws UNPACKED_TOO_LARGE while the bytes still come */
function guardUnpacking(file: SourceFile, limits: UnpackLimits): (nBytes: number) => void {
  let unpacked = 0
  return (nBytes) => {
    unpacked += nBytes
    const isBomb = unpacked > RATIO_FROM_BYTES && unpacked > limits.maxRatio * file.sizeBytes
    if (unpacked <= limits.maxBytes && !isBomb) return
    throw new AssayError('UNPACKED_TOO_LARGE', {
      file: file.path,
      sizeBytes: file.sizeBytes,
      limit: isBomb ? `${limits.maxRatio} times its size` : `${limits.maxBytes} bytes`,
    })
  }
}

/** The first bytes of a file; fewer when it is shorter. */
export async function readHead(file: string, nBytes: number): Promise<Buffer> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(nBytes), 0, nBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

function findOtherFormat(head: Buffer): string | undefined {
  const start = head.toString('latin1', 0, 4)
  if (start === 'PAR1') return 'it is a Parquet file; name it as a source of kind parquet'
  if (!start.startsWith('PK\x03\x04')) return undefined
  if (head.includes('[Content_Types].xml') || head.includes('xl/'))
    return 'it is an Excel workbook (xlsx); save the sheet as CSV'
  return 'it is a zip archive; unpack it first (gzip is read as it is)'
}

/** Tabs and line ends that may stand at an edge of a quoted cell, and a mark that is no character. */
const ODD_BLANKS = [
  '\t',
  '\uFEFF',
  '\n"',
  '"\n',
  "\n'",
  "'\n",
  '\r"',
  '"\r',
  "\r'",
  "'\r",
  '\n ',
  ' \n',
  '\r ',
  ' \r',
  '\n\n',
].map((text) => Buffer.from(text))

class TextInspector {
  readonly #faults: FileFaults
  readonly #utf8 = new Utf8Check()
  #utf16: 'utf-16le' | 'utf-16be' | undefined
  #nBytes = 0
  #nCrLf = 0
  #nCr = 0
  #nLf = 0
  #lastWasCr = false
  #hasOddBlanks = false
  #lastBytes = Buffer.alloc(0)

  constructor(faults: FileFaults) {
    this.#faults = faults
  }

  push(chunk: Buffer): void {
    if (this.#nBytes === 0) this.#utf16 = findUtf16(chunk.subarray(0, HEAD_BYTES))
    if (!this.#utf16) {
      const zero = chunk.indexOf(0)
      if (zero >= 0)
        throw this.#faults.broken(
          `it holds a zero byte at ${this.#nBytes + zero}: it is binary or damaged; wanted text`,
        )
      this.#utf8.push(chunk)
      this.#countLineEnds(chunk)
      this.#lookForBlanks(chunk)
    }
    this.#nBytes += chunk.length
  }

  end(): Omit<TextFacts, 'sha256' | 'textPath'> {
    if (this.#nBytes === 0) throw this.#faults.empty('the file is empty')
    const encoding = this.#utf16 ?? (this.#utf8.end() ? 'utf-8' : 'windows-1252')
    const nWays = [this.#nCrLf, this.#nCr, this.#nLf].filter((n) => n > 0).length
    return { textBytes: this.#nBytes, encoding, hasMixedLineEnds: nWays > 1, hasOddBlanks: this.#hasOddBlanks }
  }

  #lookForBlanks(chunk: Buffer): void {
    if (this.#hasOddBlanks) return
    const seam = Buffer.concat([this.#lastBytes, chunk.subarray(0, 2)])
    this.#hasOddBlanks = ODD_BLANKS.some((blank) => chunk.includes(blank) || seam.includes(blank))
    this.#lastBytes = Buffer.from(chunk.subarray(-2))
  }

  #countLineEnds(chunk: Buffer): void {
    if (!this.#lastWasCr && !chunk.includes(13)) {
      if (this.#nLf === 0 && chunk.includes(10)) this.#nLf++
      return
    }
    for (let i = 0; i < chunk.length; i++) {
      const byte = chunk[i]
      if (byte === 10) {
        if (this.#lastWasCr) this.#nCrLf++
        else this.#nLf++
      } else if (this.#lastWasCr) this.#nCr++
      this.#lastWasCr = byte === 13
    }
  }
}

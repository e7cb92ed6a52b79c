import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { AssayError } from '../../errors/index.ts'
import { hashFile } from '../sources/hash-file.ts'
import type { NewUpload, Upload } from './schemas.ts'
import { checkUploadName } from './upload-name.ts'

export type UploadOptions = {
  /** the largest file that is taken */
  maxBytes?: number
  chunkBytes?: number
  /** how long an unfinished upload is kept after its last chunk */
  keepMs?: number
  now?: () => Date
  freeBytes?: (directory: string) => Promise<number>
}

const MAX_BYTES = 20 * 2 ** 30
const CHUNK_BYTES = 8 * 2 ** 20
const KEEP_MS = 24 * 3_600_000
/** Left free for the database and for landing the file. */
const RESERVE_BYTES = 2 ** 28
const ID = /^[0-9a-f-]{36}$/

type State = Omit<Upload, 'id' | 'chunkBytes'>

/**
 * Files that come in pieces, each in a folder of its own: `content` and what is known of it. A piece counts once it is on disk
 * to stay; what is behind the known offset is cut off before the next one. One process writes a folder of uploads.
 */
export class UploadStore {
  readonly #directory: string
  readonly #options: Required<UploadOptions>
  readonly #busy = new Set<string>()

  constructor(directory: string, options: UploadOptions = {}) {
    this.#directory = directory
    this.#options = {
      maxBytes: options.maxBytes ?? MAX_BYTES,
      chunkBytes: options.chunkBytes ?? CHUNK_BYTES,
      keepMs: options.keepMs ?? KEEP_MS,
      now: options.now ?? (() => new Date()),
      freeBytes: options.freeBytes ?? freeBytesOf,
    }
  }

  /** @throws UPLOAD_NAME_INVALID, UPLOAD_TOO_LARGE, STORAGE_FULL */
  async create(given: NewUpload): Promise<Upload> {
    const { maxBytes, now } = this.#options
    const name = checkUploadName(given.name)
    if (given.sizeBytes > maxBytes)
      throw new AssayError('UPLOAD_TOO_LARGE', { name, sizeBytes: given.sizeBytes, maxBytes })
    await fs.mkdir(this.#directory, { recursive: true, mode: 0o700 })
    if ((await this.#options.freeBytes(this.#directory)) < given.sizeBytes + RESERVE_BYTES)
      throw new AssayError('STORAGE_FULL', { directory: this.#directory })
    const id = randomUUID()
    await fs.mkdir(path.join(this.#directory, id), { mode: 0o700 })
    await fs.writeFile(this.#content(id), '', { mode: 0o600 })
    const state: State = {
      name,
      sizeBytes: given.sizeBytes,
      offset: 0,
      isComplete: false,
      sha256: given.sha256 ?? null,
      createdAt: now().toISOString(),
      expiresAt: this.#expiry(),
    }
    return this.#write(id, state)
  }

  /** @throws NOT_FOUND */
  async get(id: string): Promise<Upload> {
    return { id, chunkBytes: this.#options.chunkBytes, ...(await this.#read(id)) }
  }

  /**
   * Takes the bytes that follow the first `offset` ones; they are on disk when it returns, or none of them counts. With the last
   * byte the digest is checked; a file with another one than announced begins anew.
   * @throws NOT_FOUND, UPLOAD_BUSY, UPLOAD_OFFSET_DIFFERS, UPLOAD_OVERRUN, REQUEST_TOO_LARGE, UPLOAD_CUT_OFF,
   * UPLOAD_DIGEST_DIFFERS, STORAGE_FULL
   */
  append(id: string, chunk: { offset: number; bytes: Readable }): Promise<Upload> {
    return this.#alone(id, async () => {
      const state = await this.#read(id)
      if (chunk.offset !== state.offset)
        throw new AssayError('UPLOAD_OFFSET_DIFFERS', { id, offset: state.offset, given: chunk.offset })
      const offset = await this.#store(id, state, chunk.bytes)
      const isComplete = offset === state.sizeBytes
      if (!isComplete) return this.#write(id, { ...state, offset, expiresAt: this.#expiry() })
      const sha256 = await hashFile(this.#content(id))
      if (state.sha256 === null || state.sha256 === sha256)
        return this.#write(id, { ...state, offset, isComplete, sha256, expiresAt: null })
      await fs.truncate(this.#content(id))
      await this.#write(id, { ...state, offset: 0, expiresAt: this.#expiry() })
      throw new AssayError('UPLOAD_DIGEST_DIFFERS', { id, wanted: state.sha256, given: sha256 })
    })
  }

  /** Where a complete upload lies. @throws NOT_FOUND, UPLOAD_INCOMPLETE */
  async path(id: string): Promise<string> {
    const { isComplete, offset, sizeBytes } = await this.#read(id)
    if (!isComplete) throw new AssayError('UPLOAD_INCOMPLETE', { id, offset, sizeBytes })
    return this.#content(id)
  }

  /** @throws NOT_FOUND, UPLOAD_BUSY */
  remove(id: string): Promise<void> {
    return this.#alone(id, async () => {
      await this.#read(id)
      await fs.rm(path.join(this.#directory, id), { recursive: true })
    })
  }

  /** Throws away what was left unfinished past its time. @returns how many */
  async expire(): Promise<number> {
    const ids = await fs.readdir(this.#directory).catch(() => [])
    let nExpired = 0
    for (const id of ids) {
      const upload = await this.#read(id).catch(() => undefined)
      if (!upload?.expiresAt || new Date(upload.expiresAt) > this.#options.now() || this.#busy.has(id)) continue
      await this.remove(id)
      nExpired++
    }
    return nExpired
  }

  async #store(id: string, state: State, bytes: Readable): Promise<number> {
    const file = await fs.open(this.#content(id), 'r+')
    try {
      await file.truncate(state.offset)
      let offset = state.offset
      for await (const piece of piecesOf(bytes, id, state.offset)) {
        if (offset + piece.length > state.sizeBytes)
          throw new AssayError('UPLOAD_OVERRUN', { id, sizeBytes: state.sizeBytes })
        if (offset + piece.length - state.offset > this.#options.chunkBytes)
          throw new AssayError('REQUEST_TOO_LARGE', { limitBytes: this.#options.chunkBytes })
        await file.write(piece, 0, piece.length, offset)
        offset += piece.length
      }
      await file.sync()
      return offset
    } catch (error) {
      await file.truncate(state.offset)
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      throw new AssayError('STORAGE_FULL', { directory: this.#directory }, { cause: error })
    } finally {
      await file.close()
    }
  }

  async #alone<T>(id: string, act: () => Promise<T>): Promise<T> {
    if (this.#busy.has(id)) throw new AssayError('UPLOAD_BUSY', { id })
    this.#busy.add(id)
    try {
      return await act()
    } finally {
      this.#busy.delete(id)
    }
  }

  async #read(id: string): Promise<State> {
    const text = ID.test(id) ? await fs.readFile(this.#stateFile(id), 'utf8').catch(() => undefined) : undefined
    if (text === undefined) throw new AssayError('NOT_FOUND', { what: 'Upload', id })
    return JSON.parse(text) as State
  }

  /** The whole state or the one before: a file that is renamed is never half a file. */
  async #write(id: string, state: State): Promise<Upload> {
    const file = `${this.#stateFile(id)}.new`
    await fs.writeFile(file, JSON.stringify(state), { mode: 0o600, flush: true })
    await fs.rename(file, this.#stateFile(id))
    return { id, chunkBytes: this.#options.chunkBytes, ...state }
  }

  #expiry(): string {
    return new Date(this.#options.now().getTime() + this.#options.keepMs).toISOString()
  }

  #content(id: string): string {
    return path.join(this.#directory, id, 'content')
  }

  #stateFile(id: string): string {
    return path.join(this.#directory, id, 'upload.json')
  }
}

/** The pieces of a request's body; a connection that breaks is a coded error. */
async function* piecesOf(bytes: Readable, id: string, offset: number): AsyncGenerator<Buffer> {
  try {
    for await (const piece of bytes) yield piece as Buffer
  } catch (cause) {
    throw new AssayError('UPLOAD_CUT_OFF', { id, offset }, { cause })
  }
}

async function freeBytesOf(directory: string): Promise<number> {
  const { bavail, bsize } = await fs.statfs(directory)
  return bavail * bsize
}

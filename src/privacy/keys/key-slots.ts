import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { open, readdir, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'

/** A slot: the owner's digest (32 bytes), the wrapped key (60), nothing. All zeros: the key was destroyed. */
const SLOT_BYTES = 128
const OWNER_BYTES = 32
const WRAPPED_BYTES = 60
const SLOTS_PER_READ = 8_192

/** Segment (8 bytes) and number of the slot (4): where a key lies. */
export const KEY_ID_BYTES = 12

export type Slot = { owner: Buffer; wrapped: Buffer }

/**
 * Wrapped keys in files of fixed slots. Each process appends to a file of its own; all read all files. A key is destroyed by writing
 * zeros over its slot in place, so that no copy of it is left in the file and readers of every process see it at their next read.
 */
export class KeySlots {
  readonly #directory: string
  #segment: Promise<{ id: Buffer; handle: FileHandle }> | undefined
  #own: { name: string; fd: number } | undefined
  #nSlots = 0

  constructor(directory: string) {
    this.#directory = directory
    fs.mkdirSync(directory, { recursive: true, mode: 0o700 })
  }

  /** Stores keys with one write; on disk when it resolves. `wrap` is told the id that the key will have. */
  async append(n: number, wrap: (i: number, id: Buffer) => Slot): Promise<Buffer[]> {
    this.#segment ??= this.#openSegment().catch((error) => {
      this.#segment = undefined
      throw error
    })
    const { id: segment, handle } = await this.#segment
    const first = this.#nSlots
    this.#nSlots += n
    const bytes = Buffer.alloc(n * SLOT_BYTES)
    const ids: Buffer[] = []
    for (let i = 0; i < n; i++) {
      const id = Buffer.concat([segment, Buffer.alloc(4)])
      id.writeUInt32BE(first + i, 8)
      const { owner, wrapped } = wrap(i, id)
      owner.copy(bytes, i * SLOT_BYTES)
      wrapped.copy(bytes, i * SLOT_BYTES + OWNER_BYTES)
      ids.push(id)
    }
    await handle.write(bytes, 0, bytes.length, first * SLOT_BYTES)
    await handle.datasync()
    return ids
  }

  /** The slot of a key; `undefined` when the key was destroyed. @throws DATA_KEY_MISSING when its file or its place is not there */
  read(id: Buffer): Slot | undefined {
    const bytes = Buffer.alloc(SLOT_BYTES)
    const name = `${id.toString('hex', 0, 8)}.keys`
    const position = id.readUInt32BE(8) * SLOT_BYTES
    const nRead =
      this.#own?.name === name
        ? fs.readSync(this.#own.fd, bytes, 0, SLOT_BYTES, position)
        : readFrom(path.join(this.#directory, name), bytes, position)
    if (nRead < SLOT_BYTES) throw new AssayError('DATA_KEY_MISSING', { file: path.join(this.#directory, name) })
    return slotOf(bytes)
  }

  /** Writes zeros over every key of these owners, on disk when it resolves. @returns how many there were */
  destroy(owners: readonly Buffer[]): Promise<number> {
    return this.#visit(owners, 'r+', async (handle, positions) => {
      for (const position of positions) await handle.write(Buffer.alloc(SLOT_BYTES), 0, SLOT_BYTES, position)
      await handle.sync()
    })
  }

  /** How many keys these owners have. Reads every file, 128 bytes a key. */
  count(owners: readonly Buffer[]): Promise<number> {
    return this.#visit(owners, 'r', async () => {})
  }

  async close(): Promise<void> {
    this.#own = undefined
    await (await this.#segment)?.handle.close()
  }

  async #openSegment() {
    const id = randomBytes(8)
    const name = `${id.toString('hex')}.keys`
    const handle = await open(path.join(this.#directory, name), 'wx+', 0o600)
    this.#own = { name, fd: handle.fd }
    const folder = await open(this.#directory)
    await folder.sync().finally(() => folder.close())
    return { id, handle }
  }

  async #visit(
    owners: readonly Buffer[],
    flags: 'r' | 'r+',
    act: (handle: FileHandle, positions: number[]) => Promise<void>,
  ): Promise<number> {
    const wanted = new Set(owners.map((owner) => owner.toString('hex')))
    let nFound = 0
    for (const name of await readdir(this.#directory)) {
      if (!name.endsWith('.keys')) continue
      const handle = await open(path.join(this.#directory, name), flags)
      try {
        const positions = await positionsOf(handle, wanted)
        if (positions.length > 0) await act(handle, positions)
        nFound += positions.length
      } finally {
        await handle.close()
      }
    }
    return nFound
  }
}

function readFrom(file: string, bytes: Buffer, position: number): number {
  let handle: number
  try {
    handle = fs.openSync(file, 'r')
  } catch (cause) {
    throw new AssayError('DATA_KEY_MISSING', { file }, { cause })
  }
  try {
    return fs.readSync(handle, bytes, 0, bytes.length, position)
  } finally {
    fs.closeSync(handle)
  }
}

async function positionsOf(handle: FileHandle, owners: ReadonlySet<string>): Promise<number[]> {
  const bytes = Buffer.alloc(SLOTS_PER_READ * SLOT_BYTES)
  const positions: number[] = []
  for (let from = 0; ; from += bytes.length) {
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, from)
    for (let at = 0; at + SLOT_BYTES <= bytesRead; at += SLOT_BYTES)
      if (owners.has(bytes.toString('hex', at, at + OWNER_BYTES))) positions.push(from + at)
    if (bytesRead < bytes.length) return positions
  }
}

function slotOf(bytes: Buffer): Slot | undefined {
  if (bytes.every((byte) => byte === 0)) return undefined
  return {
    owner: bytes.subarray(0, OWNER_BYTES),
    wrapped: bytes.subarray(OWNER_BYTES, OWNER_BYTES + WRAPPED_BYTES),
  }
}

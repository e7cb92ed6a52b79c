import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'
import { shred, syncDirectory } from './shred.ts'

/** What a content is known by: the SHA-256 of its bytes in lower-case hex, and how many they are. */
export type Artifact = { sha256: string; sizeBytes: number }

/**
 * Files known by the SHA-256 of their content: models, datasets, reports. Many processes may use one store at a time.
 * What is put is on disk when `put` returns; the same content is stored once.
 */
export type ArtifactStore = {
  /** Stores the bytes. A reader sees all of them or nothing. @throws STORAGE_FULL */
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Artifact>
  /** The bytes, their hash verified. @throws NOT_FOUND, ARTIFACT_CORRUPT */
  get(sha256: string): Promise<Uint8Array>
  has(sha256: string): Promise<boolean>
  /** @throws NOT_FOUND */
  stat(sha256: string): Promise<Artifact>
  /** Overwrites the file and takes it away; nothing when it is not there. For erasure alone: whoever knows the digest gets NOT_FOUND. */
  remove(sha256: string): Promise<void>
  /** Where the file lies, for programs that read files themselves. The file may not exist. @throws NOT_FOUND for what is no digest */
  path(sha256: string): string
}

/** An unfinished file older than this belongs to a process that was killed. */
const ABANDONED_MS = 24 * 3_600_000

/** Opens the store in a directory, which is made if it does not exist. Files lie in 256 folders by their first two digits. */
export async function openArtifacts(root: string): Promise<ArtifactStore> {
  const unfinished = path.join(root, 'unfinished')
  await fs.mkdir(unfinished, { recursive: true })
  await sweep(unfinished)

  function locate(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new AssayError('NOT_FOUND', { what: 'Artifact', id: sha256 })
    return path.join(root, sha256.slice(0, 2), sha256)
  }

  return {
    async put(content) {
      const draft = path.join(unfinished, randomUUID())
      try {
        const artifact = await writeDurably(draft, content)
        const file = locate(artifact.sha256)
        await fs.mkdir(path.dirname(file), { recursive: true })
        // Also over an existing file: should its disk block have rotted, it is whole again.
        await fs.rename(draft, file)
        await syncDirectory(path.dirname(file))
        await syncDirectory(root)
        return artifact
      } catch (error) {
        await fs.rm(draft, { force: true })
        throw isFull(error) ? new AssayError('STORAGE_FULL', { directory: root }, { cause: error }) : error
      }
    },
    async get(sha256) {
      const bytes = await fs.readFile(locate(sha256)).catch((error) => missing(sha256, error))
      const actual = createHash('sha256').update(bytes).digest('hex')
      if (actual !== sha256) throw new AssayError('ARTIFACT_CORRUPT', { sha256, actual })
      return bytes
    },
    async stat(sha256) {
      const { size } = await fs.stat(locate(sha256)).catch((error) => missing(sha256, error))
      return { sha256, sizeBytes: size }
    },
    async has(sha256) {
      return fs.access(locate(sha256)).then(
        () => true,
        () => false,
      )
    },
    remove: (sha256) => shred(locate(sha256)),
    path: locate,
  }
}

async function writeDurably(file: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<Artifact> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const handle = await fs.open(file, 'wx')
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk)
      sizeBytes += chunk.byteLength
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), sizeBytes }
}

async function sweep(directory: string): Promise<void> {
  for (const entry of await fs.readdir(directory)) {
    const file = path.join(directory, entry)
    const found = await fs.stat(file).catch(() => undefined)
    if (found && Date.now() - found.mtimeMs > ABANDONED_MS) await fs.rm(file, { recursive: true, force: true })
  }
}

function missing(sha256: string, error: NodeJS.ErrnoException): never {
  if (error.code === 'ENOENT') throw new AssayError('NOT_FOUND', { what: 'Artifact', id: sha256 }, { cause: error })
  throw error
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')
}

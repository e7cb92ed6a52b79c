import fs from 'node:fs/promises'
import path from 'node:path'

/**
 * Takes a file away for good: zeros over its bytes before the name goes, so that the blocks that are given back hold nothing. A file
 * system that never writes in place (copy on write, some flash) may keep the old blocks all the same.
 */
export async function shred(file: string): Promise<void> {
  const handle = await fs.open(file, 'r+').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (!handle) return
  try {
    const zeros = Buffer.alloc(1 << 20)
    const { size } = await handle.stat()
    for (let at = 0; at < size; at += zeros.length) await handle.write(zeros, 0, Math.min(zeros.length, size - at), at)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await fs.rm(file, { force: true })
  await syncDirectory(path.dirname(file))
}

/** A rename survives a power cut only once its directory is on disk. */
export async function syncDirectory(directory: string): Promise<void> {
  const handle = await fs.open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

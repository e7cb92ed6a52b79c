import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/**
 * Writes a file that must not exist yet: whole, on disk, readable by its owner alone.
 * @returns false when it exists; of several processes that try at once one succeeds
 */
export function writeOnce(file: string, content: string): boolean {
  const unfinished = path.join(path.dirname(file), `.${randomUUID()}`)
  const handle = fs.openSync(unfinished, 'wx', 0o600)
  try {
    fs.writeSync(handle, content)
    fs.fsyncSync(handle)
  } finally {
    fs.closeSync(handle)
  }
  try {
    fs.linkSync(unfinished, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    fs.rmSync(unfinished)
  }
}

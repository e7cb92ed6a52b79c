import fs from 'node:fs/promises'
import path from 'node:path'
import { AssayError } from '../../errors/index.ts'

export type SourceFile = { path: string; sizeBytes: number }

/**
 * The file of a source, checked before anything reads it. A symbolic link could lead a caller who may name files of one folder
 * to any file of this machine: it is followed only when `roots` are given, and then only to a place inside of one of them.
 * @throws NOT_FOUND, FILE_UNREADABLE, SOURCE_LINK_REFUSED, SOURCE_OUTSIDE
 */
export async function checkFile(file: string, roots?: readonly string[]): Promise<SourceFile> {
  const link = await fs.lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      throw new AssayError('NOT_FOUND', { what: 'Data file', id: file }, { cause: error })
    throw new AssayError('FILE_UNREADABLE', { file, reason: error.message }, { cause: error })
  })
  if (link.isSymbolicLink() && !roots) throw new AssayError('SOURCE_LINK_REFUSED', { file })
  const stat = await fs.stat(file).catch((cause: unknown) => {
    throw new AssayError('FILE_UNREADABLE', { file, reason: 'the link leads nowhere' }, { cause })
  })
  if (roots && !(await isInside(file, roots)))
    throw new AssayError('SOURCE_OUTSIDE', { file, folders: roots.join(', ') })
  if (stat.isDirectory()) throw new AssayError('FILE_UNREADABLE', { file, reason: 'it is a folder; wanted a file' })
  if (!stat.isFile()) throw new AssayError('FILE_UNREADABLE', { file, reason: 'it is no ordinary file' })
  await fs.access(file, fs.constants.R_OK).catch((cause: unknown) => {
    throw new AssayError('FILE_UNREADABLE', { file, reason: 'this user has no right to read it' }, { cause })
  })
  return { path: file, sizeBytes: stat.size }
}

async function isInside(file: string, roots: readonly string[]): Promise<boolean> {
  const real = await fs.realpath(file)
  const realRoots = await Promise.all(roots.map((root) => fs.realpath(root)))
  return realRoots.some((root) => real.startsWith(root.endsWith(path.sep) ? root : root + path.sep))
}

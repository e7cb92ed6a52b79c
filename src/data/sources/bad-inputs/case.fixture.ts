import fs from 'node:fs'
import path from 'node:path'
import type { ErrorCode } from '../../../errors/index.ts'
import type { SourceSpec } from '../spec.ts'

/** What makes a case's file or server: it may write into the folder that it is given. */
export type Make = (folder: string) => SourceSpec | Promise<SourceSpec>

/** One row of the table of bad inputs: refused with a code and words, or landed with rows and warnings. */
export type BadInput = {
  name: string
  make: Make
  /** folders that links may lead into */
  roots?: (folder: string) => string[]
} & ({ code: ErrorCode; words: string[] } | { rows: unknown[][] | number; names?: string[]; warnings?: string[] })

/** A CSV file of this content, read with these options. */
export const csv =
  (content: string | Buffer | (() => string | Buffer), options: object = {}): Make =>
  (folder) => {
    const file = path.join(folder, 'given.csv')
    fs.writeFileSync(file, typeof content === 'function' ? content() : content)
    return { kind: 'csv', path: file, ...options }
  }

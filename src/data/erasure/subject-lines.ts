import fs from 'node:fs'
import { open } from 'node:fs/promises'
import readline from 'node:readline'
import type { Readable } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import type { SubjectMarks } from './subject-rows.ts'

/** A value shorter than this is taken for the subject only in a column of subjects: 4711 may be an amount anywhere else. */
const MIN_TELLING_LENGTH = 6

/** How many lines of a text file (JSON lines, JSON, CSV) mention the subject. Streams; a file of one line is read whole. */
export async function countSubjectLines(path: string, marks: SubjectMarks): Promise<number> {
  let n = 0
  for await (const line of linesOf(path)) if (mentions(line, marks)) n++
  return n
}

/** Copies a text file without the lines that mention the subject. @returns lines kept and left out */
export async function copyLinesWithoutSubject(
  path: string,
  marks: SubjectMarks,
  to: string,
): Promise<{ nKept: number; nLeftOut: number }> {
  const target = await open(to, 'w')
  let nKept = 0
  let nLeftOut = 0
  try {
    for await (const line of linesOf(path)) {
      if (mentions(line, marks)) nLeftOut++
      else {
        nKept++
        await target.write(`${line}\n`)
      }
    }
    await target.sync()
  } finally {
    await target.close()
  }
  return { nKept, nLeftOut }
}

/** The lines of a text in UTF-8 or UTF-16, gzipped or not. */
function linesOf(path: string): readline.Interface {
  return readline.createInterface({ input: textOf(path), crlfDelay: Infinity })
}

function textOf(path: string): Readable {
  const magic = Buffer.alloc(4)
  const handle = fs.openSync(path, 'r')
  try {
    fs.readSync(handle, magic, 0, 4, 0)
  } finally {
    fs.closeSync(handle)
  }
  const head = magic.toString('hex')
  if (head.startsWith('fffe')) return fs.createReadStream(path, 'utf16le')
  if (head.startsWith('1f8b')) return fs.createReadStream(path).pipe(createGunzip())
  if (head === '28b52ffd') return fs.createReadStream(path).pipe(createZstdDecompress())
  return fs.createReadStream(path)
}

/**
 * Whether a line mentions the subject: a value of six characters or more anywhere as a word of its own, a shorter one as the value of
 * a column of subjects in JSON, or as a whole cell in CSV.
 */
export function mentions(line: string, { columns, values }: SubjectMarks): boolean {
  const present = values.filter((value) => line.includes(value) || line.includes(JSON.stringify(value).slice(1, -1)))
  if (present.length === 0) return false
  if (present.some((value) => value.length >= MIN_TELLING_LENGTH && isWord(line, value))) return true
  try {
    return holds(JSON.parse(line), new Set(columns), new Set(present))
  } catch {
    const cells = line.split(/[,;\t|]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
    return cells.some((cell) => present.includes(cell))
  }
}

function isWord(line: string, value: string): boolean {
  for (const text of new Set([value, JSON.stringify(value).slice(1, -1)])) {
    for (let at = line.indexOf(text); at >= 0; at = line.indexOf(text, at + 1)) {
      const around = [line.charAt(at - 1), line.charAt(at + text.length)]
      if (!around.some((symbol) => /[\p{L}\p{N}_]/u.test(symbol))) return true
    }
  }
  return false
}

function holds(json: unknown, columns: ReadonlySet<string>, values: ReadonlySet<string>): boolean {
  if (Array.isArray(json)) return json.some((item) => holds(item, columns, values))
  if (typeof json !== 'object' || json === null) return false
  return Object.entries(json).some(
    ([key, value]) => (columns.has(key) && values.has(String(value))) || holds(value, columns, values),
  )
}

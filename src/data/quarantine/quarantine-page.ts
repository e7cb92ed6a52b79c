import fs from 'node:fs/promises'
import { AssayError } from '../../errors/index.ts'
import type { QuarantinedRow } from '../validation/violation.ts'

export type QuarantinePage = {
  items: QuarantinedRow[]
  /** where the next page begins; null after the last row. A page may be shorter than asked for and still not be the last */
  nextCursor: string | null
}

export type PageRequest = {
  /** `nextCursor` of the page before */
  after?: string
  limit: number
  /** a violation's code, or code and column as `RANGE_BREACH:amount`; rows with other reasons only are passed over */
  reason?: string
}

const CHUNK_BYTES = 256 * 1024
/** So many bytes are looked through for one page, so that a rare reason in a huge file holds nobody up. */
const MAX_BYTES_A_PAGE = 8 * 2 ** 20
const NEWLINE = 10

/**
 * A page of a quarantine file (JSON lines), straight from its bytes: the cursor is the offset of a line, so any page costs the same.
 * @throws CURSOR_INVALID when `after` is no place where a row begins
 */
export async function readQuarantinePage(path: string, { after, limit, reason }: PageRequest): Promise<QuarantinePage> {
  const file = await fs.open(path)
  try {
    const { size } = await file.stat()
    const start = await startOf(file, after, size)
    const items: QuarantinedRow[] = []
    let offset = start
    for await (const line of linesFrom(file, start)) {
      if (items.length === limit || offset - start > MAX_BYTES_A_PAGE) break
      offset += line.length + 1
      const row = matching(line, reason)
      if (row) items.push(row)
    }
    return { items, nextCursor: offset < size ? String(offset) : null }
  } finally {
    await file.close()
  }
}

async function startOf(file: fs.FileHandle, after: string | undefined, size: number): Promise<number> {
  if (after === undefined) return 0
  const offset = /^\d{1,15}$/.test(after) ? Number(after) : NaN
  if (offset > 0 && offset < size) {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, offset - 1)
    if (buffer[0] === NEWLINE) return offset
  }
  throw new AssayError('CURSOR_INVALID', { cursor: after })
}

async function* linesFrom(file: fs.FileHandle, start: number): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0)
  for (let position = start; ;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, position)
    if (bytesRead === 0) break
    position += bytesRead
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)])
    let from = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      yield bytes.subarray(from, end)
      from = end + 1
    }
    rest = bytes.subarray(from)
  }
  if (rest.length > 0) yield rest
}

/** The row where it has the reason. Lines that do not even name the code are not parsed. */
function matching(line: Buffer, reason: string | undefined): QuarantinedRow | undefined {
  if (reason === undefined) return JSON.parse(line.toString('utf8'))
  const [code, ...name] = reason.split(':')
  if (!line.includes(JSON.stringify(code))) return undefined
  const row: QuarantinedRow = JSON.parse(line.toString('utf8'))
  const column = name.join(':')
  const has = row.reasons.some((one) => one.code === code && (name.length === 0 || one.column === column))
  return has ? row : undefined
}

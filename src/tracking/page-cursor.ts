import { AssayError } from '../errors/index.ts'

/** The place of a run in the order of lists: newest start first, then by id. */
type Place = { startTimeMs: number; runId: string }

/** An opaque name of the place after a run. */
export function pageCursor({ startTimeMs, runId }: Place): string {
  return Buffer.from(`${startTimeMs} ${runId}`).toString('base64url')
}

/** @throws CURSOR_INVALID unless `pageCursor` made it. */
export function parseCursor(cursor: string): Place {
  const match = /^(-?\d{1,16}) ([0-9a-f]{32})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (!match) throw new AssayError('CURSOR_INVALID', { cursor })
  return { startTimeMs: Number(match[1]), runId: match[2] }
}

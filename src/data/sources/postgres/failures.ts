import type { DatabaseError } from 'pg'
import { AssayError } from '../../../errors/index.ts'

const unreachable: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  EHOSTUNREACH: 'there is no way to the host',
  ECONNRESET: 'it broke the connection off',
  '53300': 'it has no connection left',
  '57P03': 'it is starting or stopping',
}

const refused: Record<string, string> = {
  '28P01': 'the password or the user is wrong',
  '28000': 'the user may not log in from here',
  '3D000': 'there is no such database',
  '42501': 'the user may not do that',
}

/** Why no connection came about, without user or password. @param source host, port and database */
export function connectionError(error: unknown, source: string): AssayError {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (refused[code]) return new AssayError('SOURCE_REFUSED', { source, reason: refused[code] }, { cause: error })
  const isSlow = /timeout/i.test(message)
  const reason =
    unreachable[code] ?? (isSlow ? 'it does not answer in time' : `the connection failed (${code || 'no code'})`)
  return new AssayError('SOURCE_UNREACHABLE', { source, reason }, { cause: error })
}

/** Faults of the query itself: syntax, names, rights, writing, time. What PostgreSQL says of these names no data. */
const OF_QUERY = /^(42|25|0A|57014)/

/** Why a query failed: with its place in the query where PostgreSQL names one. */
export function queryError(error: unknown, source: string, query: string): AssayError {
  const { code = '', message, position } = error as DatabaseError
  if (unreachable[code]) return connectionError(error, source)
  if (code === '57014') return queryInvalid({ source, place: '', reason: 'it took too long' }, error)
  if (OF_QUERY.test(code)) return queryInvalid({ source, place: placeOf(query, position), reason: message }, error)
  return new AssayError('QUERY_FAILED', { source, state: code || 'no code', value: message }, { cause: error })
}

const queryInvalid = (details: { source: string; place: string; reason: string }, cause: unknown) =>
  new AssayError('QUERY_INVALID', details, { cause })

function placeOf(query: string, position: string | undefined): string {
  if (!position) return ''
  const before = query.slice(0, Number(position) - 1).split('\n')
  return ` at line ${before.length}, column ${before.at(-1)!.length + 1}`
}

import type { ErrorKind } from './kind.ts'

/** HTTP status of each kind of error. */
export const httpStatus: Record<ErrorKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-large': 413,
  'rate-limited': 429,
  unsupported: 501,
  unavailable: 503,
  cancelled: 499,
  internal: 500,
}

/** Exit code of a command that ended with each kind of error (0 is success, 1 an unexpected failure). */
export const exitCode: Record<ErrorKind, number> = {
  invalid: 2,
  unauthenticated: 3,
  forbidden: 3,
  'not-found': 4,
  conflict: 5,
  'too-large': 2,
  'rate-limited': 6,
  unsupported: 7,
  unavailable: 6,
  cancelled: 8,
  internal: 1,
}

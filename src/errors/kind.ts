/** What sort of thing went wrong; decides the HTTP status and the exit code. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'rate-limited'
  | 'unsupported'
  | 'unavailable'
  | 'cancelled'
  | 'internal'

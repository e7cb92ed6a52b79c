import type { ServerResponse } from 'node:http'
import { AssayError } from '../../errors/index.ts'

/**
 * Aborts with EXPLANATION_CANCELLED when the caller goes before the answer. (The signal of Fastify's request will not do: it also
 * aborts when the body of a POST is read.)
 */
export function callerSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new AssayError('EXPLANATION_CANCELLED', {}))
  })
  return controller.signal
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AssayError, httpStatus } from '../errors/index.ts'
import type { Problem } from './schemas.ts'
import { InputError } from './validation.ts'

/** The server shuts down or starts (57P0x), has no connection left (53300), broke off (08xxx), or its socket does not answer. */
const DATABASE_GONE = /^(57P0\d|53300|08...|ECONNREFUSED|ECONNRESET|ENOENT)$/

/** Failures of the HTTP machinery and the database, in our codes. */
function asAssayError(error: FastifyError, request: FastifyRequest): AssayError {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new AssayError('REQUEST_TOO_LARGE', { limitBytes: request.routeOptions.bodyLimit ?? 0 }, { cause: error })
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AssayError(
        'MEDIA_TYPE_UNSUPPORTED',
        { given: request.headers['content-type'] ?? 'none' },
        { cause: error },
      )
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new InputError([{ path: 'body', wanted: `JSON (${error.message})` }])
    case '53100':
      return new AssayError('STORAGE_FULL', { directory: 'the database' }, { cause: error })
    default:
      if (DATABASE_GONE.test(error.code ?? '')) {
        return new AssayError('DATABASE_UNAVAILABLE', { reason: error.message }, { cause: error })
      }
      return new AssayError('INTERNAL', { requestId: request.id }, { cause: error })
  }
}

/** The answer to a failed request, as RFC 9457 has it, with our stable code. */
export function problemOf(error: AssayError, requestId: string): Problem {
  return {
    type: `/docs/errors#${error.code.toLowerCase()}`,
    title: error.code,
    status: httpStatus[error.kind],
    code: error.code,
    detail: error.message,
    requestId,
    ...('faults' in error ? { faults: error.faults as Problem['faults'] } : {}),
  }
}

function sendProblem(error: AssayError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = problemOf(error, request.id)
  if (problem.status === 503) reply.header('retry-after', error.details.retryAfterSeconds ?? 1)
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .status(problem.status)
    .type('application/problem+json')
    .serializer((body: unknown) => JSON.stringify(body))
    .send(problem)
}

export function routeNotFound(request: FastifyRequest): AssayError {
  const id = `${request.method} ${request.originalUrl.split('?', 1)[0]}`
  return new AssayError('NOT_FOUND', { what: 'Route', id })
}

/**
 * The one place where errors become answers: coded ones by their kind, anything else as INTERNAL, logged once with the
 * request's id and never shown.
 */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const coded = error instanceof AssayError ? error : asAssayError(error, request)
    if (coded.kind === 'internal')
      request.log.error({ err: coded.cause ?? coded }, `${request.method} ${request.url} failed`)
    return sendProblem(coded, request, reply)
  })
  app.setNotFoundHandler((request, reply) => {
    return sendProblem(routeNotFound(request), request, reply)
  })
}

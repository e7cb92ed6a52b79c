import { AssayError, exitCode, httpStatus, type ErrorKind } from '../errors/index.ts'

/** A refusal by the server, as it said it. Its code may be newer than this program's registry. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: string
  readonly status: number
  readonly faults: unknown[]

  constructor(problem: { code: string; status: number; detail: string; faults?: unknown[] }) {
    super(problem.detail)
    this.code = problem.code
    this.status = problem.status
    this.faults = problem.faults ?? []
  }

  /** Exit code of the kind of error that has this status. */
  get exitCode(): number {
    const kind = (Object.keys(httpStatus) as ErrorKind[]).find((candidate) => httpStatus[candidate] === this.status)
    return kind ? exitCode[kind] : 1
  }
}

/** The running server, as commands speak to it. */
export type Client = {
  url: string
  get<Answer>(path: string, query?: Record<string, string | number | undefined>): Promise<Answer>
  post<Answer>(path: string, body?: unknown, options?: { idempotencyKey?: string }): Promise<Answer>
  put<Answer>(path: string, body: unknown): Promise<Answer>
  /** Sends bytes as they are: a part of an upload. */
  patch<Answer>(path: string, bytes: Uint8Array): Promise<Answer>
}

/** Calls to `${url}/api/v1`. @throws Refusal; SERVER_NOT_RUNNING when nothing answers there */
export function createClient(at: { url: string; key?: string }): Client {
  const url = at.url.replace(/\/+$/, '')
  const authorization = at.key ? { authorization: `Bearer ${at.key}` } : undefined

  async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
    let response: Response
    try {
      response = await fetch(`${url}/api/v1${path}`, init)
    } catch (cause) {
      throw new AssayError('SERVER_NOT_RUNNING', { url }, { cause })
    }
    const text = await response.text()
    if (response.ok) return JSON.parse(text) as Answer
    throw new Refusal(problemOf(response.status, text))
  }

  const send = <Answer>(method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
    call<Answer>(path, {
      method,
      headers: { 'content-type': 'application/json', ...authorization, ...headers },
      body: JSON.stringify(body),
    })

  return {
    url,
    get(path, query = {}) {
      const given = Object.entries(query).filter(([, value]) => value !== undefined)
      const search = new URLSearchParams(
        Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
      ).toString()
      return call(search ? `${path}?${search}` : path, { headers: { accept: 'application/json', ...authorization } })
    },
    post(path, body = {}, { idempotencyKey } = {}) {
      return send('POST', path, body, idempotencyKey ? { 'idempotency-key': idempotencyKey } : {})
    },
    put: (path, body) => send('PUT', path, body),
    patch: (path, bytes) =>
      call(path, {
        method: 'PATCH',
        headers: { 'content-type': 'application/octet-stream', ...authorization },
        body: bytes as Uint8Array<ArrayBuffer>,
      }),
  }
}

function problemOf(status: number, text: string): { code: string; status: number; detail: string; faults?: unknown[] } {
  try {
    const { code, detail, faults } = JSON.parse(text)
    if (typeof code === 'string') return { code, status, detail: String(detail), faults }
  } catch {
    // Not ours: a proxy, or another program on the port.
  }
  return { code: `HTTP_${status}`, status, detail: `The server answered ${status} without a reason: is it Assay?` }
}

import { currentKey } from './credentials.ts'

export const apiBase = '/api/v1'

/** A refusal by the server (problem+json), or no answer at all (status 0, code UNREACHABLE). */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId: string | null
  readonly faults: string[]

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`)
    this.status = problem.status
    this.code = problem.code
    this.detail = problem.detail
    this.requestId = problem.requestId ?? null
    this.faults = problem.faults ?? []
  }
}

type Problem = { status: number; code: string; detail: string; requestId?: string; faults?: string[] }

type Query = Record<string, string | number | boolean | null | undefined>

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

type Options = {
  method?: Method
  query?: Query
  /** sent as JSON; a blob as the bytes it holds */
  body?: unknown
  signal?: AbortSignal
}

/** Path and query under the API's prefix; entries that are null or undefined are left out. */
export function apiPath(path: string, query: Query = {}): string {
  const entries = Object.entries(query).filter(([, value]) => value !== undefined && value !== null)
  const search = new URLSearchParams(entries.map(([name, value]) => [name, String(value)])).toString()
  return `${apiBase}${path}${search === '' ? '' : `?${search}`}`
}

/** One call. Throws `ApiError` for every failure but an abort. */
export async function request<Answer>(path: string, options: Options = {}): Promise<Answer> {
  const { method = 'GET', query, body, signal } = options
  const headers: Record<string, string> = { accept: 'application/json' }
  const key = currentKey()
  if (key !== null) headers.authorization = `Bearer ${key}`
  const isBytes = body instanceof Blob
  if (body !== undefined) headers['content-type'] = isBytes ? 'application/octet-stream' : 'application/json'
  let response: Response
  try {
    response = await fetch(apiPath(path, query), {
      method,
      headers,
      signal,
      body: isBytes ? body : JSON.stringify(body),
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw new ApiError({
      status: 0,
      code: 'UNREACHABLE',
      detail: 'Assay does not answer. Check that it is running and that this computer can reach it.',
    })
  }
  const text = await response.text()
  if (!response.ok) throw new ApiError(problemOf(response.status, text))
  return (text === '' ? undefined : JSON.parse(text)) as Answer
}

/** A mutation. The server wants a JSON body on each, so that no foreign page can make one by a form. */
export const post = <Answer>(path: string, body: unknown = {}) => request<Answer>(path, { method: 'POST', body })

/** Reads problem+json; anything else (a proxy's page, an empty body) becomes a problem with the status as its code. */
export function problemOf(status: number, text: string): Problem {
  const parsed = parseObject(text)
  return {
    status,
    code: typeof parsed?.code === 'string' ? parsed.code : `HTTP_${status}`,
    detail:
      firstString(parsed?.detail, parsed?.title, parsed?.message) ?? `The server answered ${status} without a reason.`,
    requestId: typeof parsed?.requestId === 'string' ? parsed.requestId : undefined,
    faults: Array.isArray(parsed?.faults) ? parsed.faults.map(faultText) : undefined,
  }
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const firstString = (...values: unknown[]) =>
  values.find((value): value is string => typeof value === 'string' && value !== '')

type Fault = { path?: string; row?: number; column?: string | null; given?: string; wanted?: string; message?: string }

/** Where, what is wanted there, what was given. */
function faultText(fault: unknown): string {
  if (typeof fault !== 'object' || fault === null) return String(fault)
  const { path, row, column, given, wanted, message } = fault as Fault
  const place = path ?? [row === undefined ? null : `row ${row}`, column].filter(Boolean).join(', ')
  const words = [message, wanted && `wanted ${wanted}`, given && `given ${given}`].filter(Boolean).join(', ')
  return [place, words].filter((part) => part !== '').join(': ') || JSON.stringify(fault)
}

import { AssayError } from '../../../errors/index.ts'

export type Requester = {
  /** GETs an address and gives what `use` makes of the answer, which is a 2xx. A body that breaks off is asked for again. */
  get<T>(url: URL, use: (answer: Response) => Promise<T>): Promise<T>
}

export type RequestOptions = {
  /** how errors name the source */
  source: string
  /** sent to this origin only: another one has no business with its keys */
  origin: string
  headers: Record<string, string>
  timeoutMs: number
  retries: number
  sleep: (ms: number) => Promise<void>
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 60_000
const MAX_REDIRECTS = 5

/** GET requests that are tried again, with growing waits, after 429, 5xx and failures of the network. */
export function createRequester(options: RequestOptions): Requester {
  return {
    async get(url, use) {
      for (let nTried = 0; ; nTried++) {
        const isLast = nTried >= options.retries
        try {
          const answer = await tryOnce(url, options)
          if (answer.ok) return await use(answer)
          await answer.body?.cancel()
          if (isLast || !isPassing(answer.status)) throw statusError(answer.status, options.source)
          await options.sleep(waitMs(nTried, answer.headers.get('retry-after')))
        } catch (error) {
          if (error instanceof AssayError) throw error
          if (isLast) throw networkError(error, options)
          await options.sleep(waitMs(nTried, null))
        }
      }
    },
  }
}

const isPassing = (status: number) => status === 429 || status >= 500

/** What the server asks for, else half a second, doubled with each try; a minute at most. */
function waitMs(nTried: number, retryAfter: string | null): number {
  const seconds = Number(retryAfter ?? Number.NaN)
  const asked = Number.isNaN(seconds) ? Date.parse(retryAfter ?? '') - Date.now() : seconds * 1_000
  const wanted = Number.isNaN(asked) ? FIRST_WAIT_MS * 2 ** nTried : Math.max(asked, 0)
  return Math.min(wanted, LONGEST_WAIT_MS)
}

/** Follows redirects itself: only between web addresses, never from a safe one to an open one, and without keys to others. */
async function tryOnce(first: URL, { origin, headers, timeoutMs, source }: RequestOptions): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs)
  let url = first
  for (let nRedirects = 0; nRedirects <= MAX_REDIRECTS; nRedirects++) {
    const sent = url.origin === origin ? headers : {}
    const answer = await fetch(url, { headers: { accept: 'application/json', ...sent }, redirect: 'manual', signal })
    const location = answer.headers.get('location')
    if (answer.status < 300 || answer.status >= 400 || location === null) return answer
    await answer.body?.cancel()
    const next = URL.parse(location, url)
    const isAllowed = next?.protocol === 'https:' || (next?.protocol === 'http:' && url.protocol === 'http:')
    if (!next || !isAllowed)
      throw new AssayError('SOURCE_REDIRECT_REFUSED', { source, scheme: next?.protocol ?? 'no address' })
    url = next
  }
  throw new AssayError('SOURCE_REDIRECT_REFUSED', { source, scheme: `more than ${MAX_REDIRECTS} others` })
}

/** Why there was no answer, or not all of it. */
function networkError(error: unknown, { source, timeoutMs }: RequestOptions): AssayError {
  if ((error as Error).name === 'TimeoutError')
    return new AssayError(
      'SOURCE_UNREACHABLE',
      { source, reason: `no whole answer came in ${timeoutMs} ms` },
      { cause: error },
    )
  const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'the name of the host cannot be looked up',
    ECONNRESET: 'it broke the connection off',
    UND_ERR_SOCKET: 'it broke the connection off',
  }
  const reason = reasons[code ?? ''] ?? `the connection failed (${code ?? (error as Error).name})`
  return new AssayError('SOURCE_UNREACHABLE', { source, reason }, { cause: error })
}

function statusError(status: number, source: string): AssayError {
  if (status === 401 || status === 403) {
    const reason = `it answered ${status}: the key is missing or wrong (headersEnv)`
    return new AssayError('SOURCE_REFUSED', { source, reason })
  }
  return new AssayError('SOURCE_STATUS', { source, status })
}

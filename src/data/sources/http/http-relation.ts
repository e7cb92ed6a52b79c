import type { DuckDBConnection } from '@duckdb/node-api'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout } from 'node:timers/promises'
import { AssayError } from '../../../errors/index.ts'
import { readEnv } from '../env.ts'
import { openJson } from '../json/json-relation.ts'
import type { Relation, SourceContext } from '../relation.ts'
import type { HttpSpec } from '../spec.ts'
import { readPages, type BodyReader } from './pages.ts'
import { createRequester } from './request.ts'

const TIMEOUT_MS = 30_000
const MAX_BYTES = 2 ** 30
const RETRIES = 4

/**
 * JSON over HTTP, fetched into the work directory and read from there as `openJson` reads files. Without paging and items the
 * answer is streamed as it is: object lines, or an array. With them each page is parsed.
 * @throws OPTION_INVALID, SOURCE_ENV_INVALID, SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_STATUS, SOURCE_REDIRECT_REFUSED,
 * SOURCE_TOO_LARGE, SOURCE_PAGE_INVALID, SOURCE_ENDLESS, and what `openJson` throws
 */
export async function openHttp(
  spec: HttpSpec,
  context: SourceContext,
  duck: DuckDBConnection,
  sleep: (ms: number) => Promise<void> = setTimeout,
): Promise<Relation> {
  const url = addressOf(spec.url)
  // A query string may hold a key.
  const source = `${url.origin}${url.pathname}`
  const headers = Object.fromEntries(
    Object.entries(spec.headersEnv ?? {}).map(([header, name]) => [header, readEnv(name, context)]),
  )
  const { timeoutMs = TIMEOUT_MS, retries = RETRIES, maxBytes = MAX_BYTES } = spec
  const requester = createRequester({ source, origin: url.origin, headers, timeoutMs, retries, sleep })
  const counter = createCounter(source, maxBytes)
  const spool = path.join(context.workDirectory, `answers-${randomUUID()}`)
  const isPlain = spec.items === undefined && spec.paging === undefined
  const write = (bytes: AsyncIterable<Uint8Array | string>) => pipeline(Readable.from(bytes), createWriteStream(spool))
  if (isPlain) await requester.get(url, (answer) => write(counter.read(answer, maxBytes)))
  else await write(linesOf(readPages({ ...spec, url, source }, requester, counter.read), context.maxRows))
  const relation = await openJson({ kind: 'jsonl', path: spool }, { ...context, roots: undefined }, duck, source)
  const facts = { kind: 'http', location: source, sizeBytes: counter.nBytes, sha256: null }
  return { ...relation, facts }
}

function addressOf(given: string): URL {
  const url = URL.parse(given)
  const allowed = 'an http or https address; keys go into headersEnv'
  if (!url || url.username || url.password)
    throw new AssayError('OPTION_INVALID', { option: 'url', given: url ? 'one with a user' : 'no address', allowed })
  return url
}

type Counter = { nBytes: number; read: BodyReader }

/** Reads bodies and stops with the first byte too many, of one answer or of all. */
function createCounter(source: string, maxBytes: number): Counter {
  const counter: Counter = { nBytes: 0, read }
  async function* read(answer: Response, limitBytes: number) {
    let nOfAnswer = 0
    for await (const piece of answer.body ?? []) {
      counter.nBytes += piece.length
      nOfAnswer += piece.length
      const limit = nOfAnswer > limitBytes ? limitBytes : maxBytes
      if (counter.nBytes > maxBytes || nOfAnswer > limitBytes)
        throw new AssayError('SOURCE_TOO_LARGE', { source, maxBytes: limit })
      yield piece
    }
  }
  return counter
}

async function* linesOf(pages: AsyncIterable<unknown[]>, maxRows = Infinity): AsyncGenerator<string> {
  let nLeft = maxRows
  for await (const page of pages) {
    const items = page.slice(0, nLeft)
    nLeft -= items.length
    yield items.map((item) => `${JSON.stringify(item)}\n`).join('')
    if (nLeft <= 0) return
  }
}

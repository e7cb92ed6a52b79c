import { createHash } from 'node:crypto'
import { AssayError } from '../../../errors/index.ts'
import type { HttpPaging, HttpSpec } from '../spec.ts'
import { resolvePointer } from './json-pointer.ts'
import { parseExactly } from './parse-json.ts'
import type { Requester } from './request.ts'

const MAX_PAGES = 10_000
/** A page is held in memory as a whole. */
const MAX_PAGE_BYTES = 2 ** 26

export type Paged = Pick<HttpSpec, 'items' | 'paging'> & { url: URL; source: string }

/** Reads a body, counting: it throws while the bytes still come. */
export type BodyReader = (answer: Response, limitBytes: number) => AsyncIterable<Uint8Array>

/**
 * The items of one page after another, until there is no next one.
 * @throws SOURCE_PAGE_INVALID, SOURCE_ENDLESS and what requests throw
 */
export async function* readPages(paged: Paged, requester: Requester, read: BodyReader): AsyncGenerator<unknown[]> {
  const { paging, items = '', source } = paged
  const maxPages = paging?.maxPages ?? MAX_PAGES
  const seen = new Set<string>()
  let url: URL | undefined = firstUrl(paged)
  for (let nPages = 0; url; nPages++) {
    if (nPages >= maxPages) throw endless(source, `there are more than ${maxPages} pages`)
    const { text, link }: { text: string; link: string | null } = await requester.get(url, async (answer) => ({
      text: await textOf(read(answer, MAX_PAGE_BYTES)),
      link: answer.headers.get('link'),
    }))
    // By address, or by content where the address changes whatever the server makes of it.
    const mark = paging?.by === 'page' ? createHash('sha256').update(text).digest('hex') : url.href
    if (seen.has(mark)) throw endless(source, `page ${nPages + 1} is one that came before`)
    seen.add(mark)
    const document = parsePage(text, source)
    const page = resolvePointer(document, items)
    if (!Array.isArray(page))
      throw new AssayError('SOURCE_PAGE_INVALID', { source, reason: `there is no array at "${items}"` })
    yield page
    url = paging && nextUrl({ paging, url, link, document, page }, paged)
  }
}

const endless = (source: string, reason: string) => new AssayError('SOURCE_ENDLESS', { source, reason })

function firstUrl({ url, paging }: Paged): URL {
  if (paging?.by !== 'page') return url
  return withParameter(url, paging.parameter, String(paging.first ?? 1))
}

type Answered = { paging: HttpPaging; url: URL; link: string | null; document: unknown; page: unknown[] }

function nextUrl({ paging, url, link, document, page }: Answered, first: Paged): URL | undefined {
  switch (paging.by) {
    case 'link':
      return addressOf(nextLink(link), url, first.source)
    case 'pointer':
      return addressOf(resolvePointer(document, paging.next), url, first.source)
    case 'page': {
      if (page.length === 0) return undefined
      return withParameter(url, paging.parameter, String(Number(url.searchParams.get(paging.parameter)) + 1))
    }
    case 'cursor': {
      const cursor = resolvePointer(document, paging.next)
      return isNothing(cursor) ? undefined : withParameter(first.url, paging.parameter, String(cursor))
    }
  }
}

const isNothing = (value: unknown) => value === undefined || value === null || value === '' || value === false

function addressOf(next: unknown, url: URL, source: string): URL | undefined {
  if (isNothing(next)) return undefined
  const address = typeof next === 'string' ? URL.parse(next, url) : null
  if (address?.protocol === 'https:' || (address?.protocol === 'http:' && url.protocol === 'http:')) return address
  throw new AssayError('SOURCE_PAGE_INVALID', { source, reason: 'the next page is no web address' })
}

/** `<https://…?page=2>; rel="next", <…>; rel="last"` (RFC 8288). */
function nextLink(header: string | null): string | undefined {
  return /<([^>]*)>(?:\s*;[^,]*?)?;\s*rel="?(?:[\w-]+ )*next\b/i.exec(header ?? '')?.[1]
}

function withParameter(url: URL, name: string, value: string): URL {
  const next = new URL(url)
  next.searchParams.set(name, value)
  return next
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}

function parsePage(text: string, source: string): unknown {
  try {
    return parseExactly(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new AssayError('SOURCE_PAGE_INVALID', { source, reason: 'the answer is not JSON' }, { cause })
  }
}

import fs from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it, test } from 'vitest'
import type { AssayError } from '../../../errors/index.ts'
import { openDuckDb } from '../../duckdb/open.ts'
import { landSource } from '../land-source.ts'
import { readLanded, testFolder } from '../landed.fixture.ts'
import type { HttpSpec } from '../spec.ts'
import { openHttp } from './http-relation.ts'

const folder = testFolder()
const directory = `${folder.path}/landed`
type Handler = (request: http.IncomingMessage, answer: http.ServerResponse) => void
const servers: http.Server[] = []
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server of the world outside: gives its address. */
async function serve(handler: Handler): Promise<string> {
  const server = http.createServer(handler)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
const json = (answer: http.ServerResponse, body: unknown, headers = {}) =>
  void answer.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const pageOf = (request: http.IncomingMessage) => Number(new URL(request.url!, 'http://x').searchParams.get('page'))

async function land(
  url: string,
  spec: Partial<HttpSpec> = {},
  options: { env?: Record<string, string>; maxRows?: number } = {},
) {
  const landed = await landSource({ kind: 'http', url, ...spec }, { directory, ...options })
  return { ...landed, rows: await readLanded(landed) }
}

describe('what is read', () => {
  it('an array, or object lines, as they come, with a key from the environment', async () => {
    const base = await serve((request, answer) => {
      if (request.headers.authorization !== 'Bearer k') return void answer.writeHead(401).end()
      if (request.url === '/lines') return void answer.end('{"a":1}\n{"a":2}\n')
      json(answer, [{ a: 1 }, { a: 2 }])
    })
    const key = { headersEnv: { authorization: 'CLAIMS_KEY' } }
    const env = { CLAIMS_KEY: 'Bearer k' }
    expect((await land(`${base}/lines`, key, { env })).rows).toEqual([[1], [2]])
    const { rows, source } = await land(`${base}/claims?key=hidden`, key, { env })
    expect(rows).toEqual([[1], [2]])
    expect(source).toEqual({ kind: 'http', location: `${base}/claims`, sizeBytes: 17, sha256: null })
    await expect(land(base, key, { env: {} })).rejects.toMatchObject({ code: 'SOURCE_ENV_INVALID' })
    await expect(land(base)).rejects.toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining('401') })
  })

  it('pages by Link header, address in the body, number and cursor', async () => {
    const base: string = await serve((request, answer) => {
      const page = pageOf(request) || 1
      const items = page <= 3 ? [{ page }] : []
      if (request.url!.startsWith('/link'))
        return json(
          answer,
          items,
          page < 3 ? { link: `<${base}/link?page=${page + 1}>; rel="next", <x>; rel="last"` } : {},
        )
      if (request.url!.startsWith('/body'))
        return json(answer, { data: { items }, next: page < 3 ? `/body?page=${page + 1}` : null })
      if (request.url!.startsWith('/number')) return json(answer, items)
      json(answer, { items, cursor: page < 3 ? page + 1 : '' })
    })
    const three = [[1], [2], [3]]
    expect((await land(`${base}/link`, { paging: { by: 'link' } })).rows).toEqual(three)
    const body = { items: '/data/items', paging: { by: 'pointer' as const, next: '/next' } }
    expect((await land(`${base}/body`, body)).rows).toEqual(three)
    expect((await land(`${base}/number`, { paging: { by: 'page', parameter: 'page' } })).rows).toEqual(three)
    const cursor = { items: '/items', paging: { by: 'cursor' as const, parameter: 'page', next: '/cursor' } }
    expect((await land(`${base}/cursor`, cursor)).rows).toEqual(three)
    expect((await land(`${base}/cursor`, cursor, { maxRows: 2 })).rows).toEqual([[1], [2]])
  })

  it('keeps the digits of numbers that a double has not', async () => {
    const base = await serve((_, answer) => void answer.end('{"items":[{"id":9007199254740993,"x":1.50}]}'))
    expect((await land(base, { items: '/items' })).rows).toEqual([['9007199254740993', 1.5]])
  })

  it('sends keys to no other origin', async () => {
    const seen: (string | undefined)[] = []
    const other = await serve((request, answer) => {
      seen.push(request.headers['x-key'] as string | undefined)
      json(answer, [{ a: 1 }])
    })
    const base = await serve((_, answer) => void answer.writeHead(302, { location: other }).end())
    await land(base, { headersEnv: { 'x-key': 'K' } }, { env: { K: 'secret' } })
    expect(seen).toEqual([undefined])
  })
})

describe('what fails in passing is tried again', () => {
  it('500, 429 and a broken connection, then good', async () => {
    let nAsked = 0
    const base = await serve((request, answer) => {
      nAsked++
      if (nAsked === 1) return void answer.writeHead(500, { 'retry-after': '0' }).end()
      if (nAsked === 2) return void answer.writeHead(429, { 'retry-after': '0' }).end()
      if (nAsked === 3) return void request.socket.destroy()
      json(answer, [{ a: 1 }])
    })
    expect((await land(base)).rows).toEqual([[1]])
    expect(nAsked).toBe(4)
  })

  it('a body that breaks off', async () => {
    let nAsked = 0
    const base = await serve((request, answer) => {
      if (nAsked++ > 0) return json(answer, [{ a: 1 }])
      answer.writeHead(200, { 'content-length': '1000' })
      answer.write('[{"a":', () => request.socket.destroy())
    })
    expect((await land(base)).rows).toEqual([[1]])
  })

  it('with waits that double, or as long as the server asks for', async () => {
    const waits: number[] = []
    const headers: Record<string, string>[] = [{}, {}, { 'retry-after': '7' }, { 'retry-after': '9999' }, {}]
    let nAsked = 0
    const base = await serve((_, answer) => void answer.writeHead(503, headers[nAsked++]).end())
    const duck = await openDuckDb()
    const context = { workDirectory: folder.path, env: {} }
    const opening = openHttp({ kind: 'http', url: base }, context, duck, async (ms) => void waits.push(ms))
    await expect(opening).rejects.toMatchObject({ code: 'SOURCE_STATUS', details: { status: 503 } })
    expect(waits).toEqual([500, 1_000, 7_000, 60_000])
    duck.closeSync()
  })
})

describe('what is refused', () => {
  const never: Handler = () => {}
  const cases: [string, Handler, Partial<HttpSpec>, string, string[]][] = [
    ['401', (_, a) => void a.writeHead(401).end(), {}, 'SOURCE_REFUSED', ['answered 401', 'headersEnv']],
    ['404', (_, a) => void a.writeHead(404).end(), {}, 'SOURCE_STATUS', ['answered 404']],
    [
      '500 again and again',
      (_, a) => void a.writeHead(500, { 'retry-after': '0' }).end(),
      {},
      'SOURCE_STATUS',
      ['500'],
    ],
    ['slow', never, { timeoutMs: 50, retries: 0 }, 'SOURCE_UNREACHABLE', ['no whole answer came in 50 ms']],
    [
      'slow in the middle',
      (_, a) => void a.writeHead(200).write('[{"a":'),
      { timeoutMs: 50, retries: 0 },
      'SOURCE_UNREACHABLE',
      ['50 ms'],
    ],
    [
      'too large',
      (_, a) =>
        json(
          a,
          Array.from({ length: 500 }, (_, i) => ({ i })),
        ),
      { maxBytes: 1_000 },
      'SOURCE_TOO_LARGE',
      ['more than 1000 bytes'],
    ],
    [
      'too large in all pages',
      (r, a) => json(a, [{ page: pageOf(r), text: 'x'.repeat(300) }]),
      { maxBytes: 1_000, paging: { by: 'page', parameter: 'page' } },
      'SOURCE_TOO_LARGE',
      ['1000 bytes'],
    ],
    ['not JSON', (_, a) => void a.end('<html>'), {}, 'JSON_BROKEN', ['neither { nor [']],
    ['a page that is not JSON', (_, a) => void a.end('<html>'), { items: '/a' }, 'SOURCE_PAGE_INVALID', ['not JSON']],
    ['no items there', (_, a) => json(a, { a: 1 }), { items: '/b/c' }, 'SOURCE_PAGE_INVALID', ['no array at "/b/c"']],
    ['nothing', (_, a) => json(a, []), {}, 'SOURCE_EMPTY', ['no objects']],
    [
      'endless pages',
      (r, a) => json(a, [{ page: pageOf(r) }]),
      { paging: { by: 'page', parameter: 'page', maxPages: 3 } },
      'SOURCE_ENDLESS',
      ['more than 3 pages'],
    ],
    [
      'the same page for every number',
      (_, a) => json(a, [{ a: 1 }]),
      { paging: { by: 'page', parameter: 'page' } },
      'SOURCE_ENDLESS',
      ['page 2 is one that came before'],
    ],
    [
      'a page that names itself as the next',
      (r, a) => json(a, [{ a: 1 }], { link: `<${r.url}>; rel=next` }),
      { paging: { by: 'link' } },
      'SOURCE_ENDLESS',
      ['came before'],
    ],
    [
      'a next page that is a file',
      (_, a) => json(a, { items: [], next: 'file:///etc/passwd' }),
      { items: '/items', paging: { by: 'pointer', next: '/next' } },
      'SOURCE_PAGE_INVALID',
      ['no web address'],
    ],
    [
      'a redirect to a file',
      (_, a) => void a.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      {},
      'SOURCE_REDIRECT_REFUSED',
      ['sends on to file:'],
    ],
    [
      'a redirect to itself',
      (_, a) => void a.writeHead(302, { location: '/' }).end(),
      {},
      'SOURCE_REDIRECT_REFUSED',
      ['more than 5'],
    ],
  ]
  test.each(cases)('%s', async (_, handler, spec, ...[code, words]) => {
    const failing = land(await serve(handler), spec)
    const error: AssayError = await failing.then(
      () => expect.unreachable(),
      (thrown: AssayError) => thrown,
    )
    expect(error.code).toBe(code)
    for (const word of words) expect(error.message).toContain(word)
    expect(fs.readdirSync(directory).filter((name) => name.startsWith('landing-'))).toEqual([])
  })

  it('nobody there, and keys in the address', async () => {
    const base = await serve(never)
    servers.pop()!.close()
    const failing = land(`${base}/claims?key=secret`, { retries: 0 })
    await expect(failing).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' })
    await expect(failing).rejects.toThrow(`${base}/claims cannot be reached: nothing listens there`)
    const named = land('http://me:secret@127.0.0.1:1/')
    await expect(named).rejects.toMatchObject({
      code: 'OPTION_INVALID',
      message: expect.not.stringContaining('secret'),
    })
  })
})

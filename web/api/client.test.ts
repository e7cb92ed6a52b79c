import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, apiPath, problemOf, request } from './client.ts'

afterEach(() => vi.unstubAllGlobals())

describe('apiPath', () => {
  it('prefixes the path and leaves out what is not given', () => {
    expect(apiPath('/pipeline/runs', { limit: 20, cursor: null, state: undefined })).toBe(
      '/api/v1/pipeline/runs?limit=20',
    )
  })
  it('has no question mark without a query', () => {
    expect(apiPath('/me')).toBe('/api/v1/me')
  })
})

describe('problemOf', () => {
  it('reads code, detail, request id and faults of problem+json', () => {
    const text = JSON.stringify({
      code: 'INPUT_INVALID',
      detail: 'bad',
      requestId: 'r1',
      faults: [
        { path: 'body.rate', wanted: 'at most 5000', given: '9000' },
        { row: 3, column: 'age', message: 'is missing' },
      ],
    })
    expect(problemOf(422, text)).toEqual({
      status: 422,
      code: 'INPUT_INVALID',
      detail: 'bad',
      requestId: 'r1',
      faults: ['body.rate: wanted at most 5000, given 9000', 'row 3, age: is missing'],
    })
  })
  it('makes a problem of a page that is not JSON', () => {
    expect(problemOf(502, '<html>')).toMatchObject({
      code: 'HTTP_502',
      detail: 'The server answered 502 without a reason.',
    })
  })
})

describe('request', () => {
  it('sends a body as JSON and returns the parsed answer', async () => {
    const fetch = vi.fn<typeof globalThis.fetch>(async () => new Response('{"runId":"r1"}'))
    vi.stubGlobal('fetch', fetch)
    await expect(request('/pipeline/commit', { method: 'POST', body: { ciOnly: true } })).resolves.toEqual({
      runId: 'r1',
    })
    expect(fetch).toHaveBeenCalledWith(
      '/api/v1/pipeline/commit',
      expect.objectContaining({
        method: 'POST',
        body: '{"ciOnly":true}',
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
      }),
    )
  })
  it('throws the coded problem of a refusal', async () => {
    vi.stubGlobal('fetch', async () => new Response('{"code":"FORBIDDEN","detail":"no"}', { status: 403 }))
    await expect(request('/x')).rejects.toMatchObject({
      name: 'ApiError',
      status: 403,
      code: 'FORBIDDEN',
      detail: 'no',
    })
  })
  it('says so when nothing answers', async () => {
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('fetch failed')))
    const failure = await request('/x').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ApiError)
    expect(failure).toMatchObject({ status: 0, code: 'UNREACHABLE' })
  })
  it('lets an abort through as it is', async () => {
    const stopped = AbortSignal.abort(new Error('left the page'))
    vi.stubGlobal('fetch', async () => Promise.reject(stopped.reason))
    await expect(request('/x', { signal: stopped })).rejects.toThrow('left the page')
  })
})

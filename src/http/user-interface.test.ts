import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestApp, type TestApp } from '../../test/app.ts'

let test: TestApp
let unbuilt: TestApp
beforeAll(async () => {
  test = await createTestApp({
    ui: {
      'index.html': '<!doctype html><title>Assay</title>',
      'icon.svg': '<svg/>',
      'assets/app-1a2b.js': 'console.info(1)',
      'assets/app-1a2b.js.gz': gzipSync('console.info(1)').toString('latin1'),
    },
  })
  unbuilt = await createTestApp()
})
afterAll(async () => {
  await test.close()
  await unbuilt.close()
})

const get = (url: string, headers = {}) => test.app.inject({ url, headers })

describe('the user interface', () => {
  it.each(['/', '/app'])('%s leads to /app/', async (url) => {
    const answer = await get(url)
    expect([answer.statusCode, answer.headers.location]).toEqual([302, '/app/'])
  })

  it.each(['/app/', '/app/pipeline/r1', '/app/models?x=1'])('%s is the page, asked for anew each time', async (url) => {
    const answer = await get(url)
    expect(answer.body).toContain('<title>Assay</title>')
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([200, 'no-cache'])
  })

  it('has files with a hash in their name kept for ever', async () => {
    expect((await get('/app/assets/app-1a2b.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect((await get('/app/icon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it('sends the compressed file where the browser takes it', async () => {
    const answer = await get('/app/assets/app-1a2b.js', { 'accept-encoding': 'gzip' })
    expect([answer.headers['content-encoding'], answer.headers['content-type']]).toEqual([
      'gzip',
      'application/javascript; charset=utf-8',
    ])
    expect((await get('/app/assets/app-1a2b.js')).headers['content-encoding']).toBeUndefined()
  })

  it('does not take a missing file for a page', async () => {
    const answer = await get('/app/assets/app-0000.js')
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'NOT_FOUND'])
    expect((await test.app.inject({ method: 'POST', url: '/app/x' })).statusCode).toBe(404)
  })

  it('does not leave its folder', async () => {
    for (const url of ['/app/../package.json', '/app/%2e%2e/%2e%2e/etc/passwd', '/app/..%2fpackage.json']) {
      const answer = await get(url)
      expect(answer.body).not.toContain('root:')
      expect(answer.body).not.toContain('"dependencies"')
    }
  })

  it('says how to build it where it is not', async () => {
    const answer = await unbuilt.app.inject({ url: '/app/' })
    expect([answer.statusCode, answer.body]).toEqual([503, expect.stringContaining('npm run build:web')])
  })
})

import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createLogger } from './logger.ts'

function capture() {
  let text = ''
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk)
      done()
    },
  })
  return { stream, lines: () => text.trim().split('\n'), text: () => text }
}

describe('createLogger', () => {
  it('writes one JSON object a line, with an ISO time and the part', () => {
    const { stream, lines } = capture()
    const log = createLogger({ level: 'info', format: 'json', stream })
    log.child({ part: 'serving' }).info({ nRows: 3 }, 'scored')
    log.debug('below the level')
    expect(lines()).toHaveLength(1)
    expect(JSON.parse(lines()[0])).toEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      part: 'serving',
      nRows: 3,
      msg: 'scored',
    })
  })

  it('shows no key, password or authorization header', () => {
    const { stream, text } = capture()
    const log = createLogger({ level: 'info', format: 'json', stream })
    const headers = {
      authorization: 'Bearer SECRET',
      'sec-websocket-protocol': 'assay.bearer.SECRET',
      cookie: 'SECRET',
    }
    log.info({ req: { headers }, headers, key: 'SECRET', actor: { key: 'SECRET' }, databaseUrl: 'SECRET' }, 'shown')
    expect(text()).toContain('[redacted]')
    expect(text()).not.toContain('SECRET')
  })

  it('writes for people when asked', async () => {
    const { stream, text } = capture()
    createLogger({ level: 'info', format: 'pretty', stream }).child({ part: 'data' }).warn('nearly full')
    await expect.poll(text).toMatch(/WARN: data: nearly full/)
  })
})

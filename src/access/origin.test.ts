import { describe, expect, it } from 'vitest'
import { checkProvenance } from './origin.ts'

const local = { host: '127.0.0.1', trustLoopback: true }
const open = { host: '0.0.0.0', trustLoopback: false }
const codeOf = (request: { host?: string; origin?: string }, server: typeof local) => {
  try {
    checkProvenance({ host: request.host, origin: request.origin }, server)
    return 'accepted'
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('where keyless loopback is trusted', () => {
  it.each([
    ['localhost:8000', 'accepted'],
    ['LOCALHOST', 'accepted'],
    ['127.0.0.1:8000', 'accepted'],
    ['[::1]:8000', 'accepted'],
    ['evil.example:8000', 'HOST_REFUSED'],
    ['127.0.0.1.evil.example', 'HOST_REFUSED'],
    ['localhost.evil.example', 'HOST_REFUSED'],
    ['127.0.0.1@evil.example', 'HOST_REFUSED'],
    [undefined, 'HOST_REFUSED'],
  ])('Host %s is %s', (host, outcome) => {
    expect(codeOf({ host }, local)).toBe(outcome)
  })

  it('accepts the configured name', () => {
    const named = { host: 'assay.localdomain', trustLoopback: true }
    expect(codeOf({ host: 'assay.localdomain:8000' }, named)).toBe('accepted')
  })
})

describe('where every caller needs a key', () => {
  it('accepts any Host, since there is nothing to gain by a foreign one', () => {
    expect(codeOf({ host: 'claims.insurer.example' }, open)).toBe('accepted')
  })
})

describe('a page', () => {
  it.each([
    ['http://localhost:8000', 'localhost:8000', 'accepted'],
    ['http://localhost', 'localhost', 'accepted'],
    ['http://localhost:5173', 'localhost:8000', 'ORIGIN_REFUSED'],
    ['http://evil.example', 'localhost:8000', 'ORIGIN_REFUSED'],
    ['null', 'localhost:8000', 'ORIGIN_REFUSED'],
    ['', 'localhost:8000', 'ORIGIN_REFUSED'],
    ['http://127.0.0.1:8000', 'localhost:8000', 'ORIGIN_REFUSED'],
  ])('from %j that calls %s is %s', (origin, host, outcome) => {
    expect(codeOf({ host, origin }, local)).toBe(outcome)
    expect(codeOf({ host, origin }, open)).toBe(outcome)
  })
})

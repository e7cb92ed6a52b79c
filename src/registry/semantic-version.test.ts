import { describe, expect, it } from 'vitest'
import { signature } from './registry.fixture.ts'
import type { Signature } from './schemas.ts'
import { findVersionParts, proposeVersion } from './semantic-version.ts'

const highest = { version: '2.3.4', artifact: 'a', signature }
const next = (over: Partial<Signature> = {}, artifact = 'b') =>
  proposeVersion(highest, { artifact, signature: { ...signature, ...over } })
const [amount, plan] = signature.columns

describe('the proposed version', () => {
  it('is 1.0.0 for a first one', () => {
    expect(proposeVersion(undefined, { artifact: 'a', signature })).toBe('1.0.0')
  })

  it('is minor for another model file, whatever its levels, ranges and order of columns', () => {
    expect(next()).toBe('2.4.0')
    expect(
      next({
        columns: [
          { ...plan, levels: ['tin'] },
          { ...amount, min: 5, max: 7 },
        ],
      }),
    ).toBe('2.4.0')
    expect(next({ columns: [{ ...amount, required: false }, plan] })).toBe('2.4.0')
  })

  it('is a patch for the same file', () => {
    expect(next({}, 'a')).toBe('2.3.5')
  })

  it.each<[string, Partial<Signature>]>([
    ['another target', { target: 'fraud' }],
    ['another positive value', { positive: 'paid' }],
    ['a column less', { columns: [amount] }],
    ['a column more', { columns: [amount, plan, { name: 'age', kind: 'number', required: false }] }],
    ['a renamed column', { columns: [amount, { ...plan, name: 'product' }] }],
    ['a column of another kind', { columns: [amount, { ...plan, kind: 'number' }] }],
    ['a column of another unit', { columns: [{ ...amount, unit: 'EUR' }, plan] }],
    ['a number that has become a date', { columns: [{ ...amount, format: 'date' }, plan] }],
    ['a column that has become required', { columns: [amount, { ...plan, required: true }] }],
  ])('is major for %s', (_, change) => {
    expect(next(change)).toBe('3.0.0')
  })
})

it('reads major.minor.patch and nothing else', () => {
  expect(findVersionParts('10.0.3')).toEqual([10, 0, 3])
  for (const text of ['1.0', 'v1.0.0', '1.0.0-rc', '01.0.0', '1.0.9999999', ''])
    expect(findVersionParts(text)).toBeUndefined()
})

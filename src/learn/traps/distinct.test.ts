import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, numbers } from '../../../test/learning-tables.ts'
import { collisionShare, countDistinct, distinctValues, follows } from './distinct.ts'

const cells = fc.array(fc.option(fc.integer({ min: -3, max: 6 })), { minLength: 1, maxLength: 40 })
const columnsOf = (values: (number | null)[]) => [
  numbers('n', values),
  categories(
    'c',
    values.map((value) => (value === null ? null : `level ${value}`)),
  ),
]

describe('distinctValues', () => {
  it('gives equal cells, and only these, equal codes, and -1 to missing ones', () => {
    fc.assert(
      fc.property(cells, (values) => {
        for (const column of columnsOf(values)) {
          const { codes, nDistinct, nPresent } = distinctValues(column)
          values.forEach((a, i) => values.forEach((b, j) => expect(codes[i] === codes[j]).toBe(a === b)))
          values.forEach((value, i) => expect(codes[i] < 0).toBe(value === null))
          expect(nDistinct).toBe(new Set(values.filter((value) => value !== null)).size)
          expect(nPresent).toBe(values.filter((value) => value !== null).length)
          expect(countDistinct(column)).toMatchObject({ nDistinct, nPresent })
        }
      }),
    )
  })

  it('takes minus zero for zero, and does not count levels without rows', () => {
    expect(distinctValues(numbers('n', [0, -0, Infinity])).codes).toEqual(Int32Array.of(0, 0, 1))
    const column = { ...categories('c', ['b', 'b']), levels: ['a', 'b', 'c'], codes: Int32Array.of(1, 1) }
    expect(distinctValues(column)).toEqual({ codes: Int32Array.of(0, 0), nDistinct: 1, nPresent: 2 })
  })
})

it('collisionShare is the share of pairs of rows that agree, counted one by one', () => {
  fc.assert(
    fc.property(cells, (values) => {
      fc.pre(values.length > 1)
      let nEqual = 0
      values.forEach((a, i) => values.forEach((b, j) => (nEqual += i !== j && a === b ? 1 : 0)))
      const share = collisionShare(distinctValues(numbers('n', values)))
      expect(share).toBeCloseTo(nEqual / (values.length * (values.length - 1)), 12)
    }),
  )
})

it('a coarser grouping follows from a finer one, but for one row in a hundred, and not the other way', () => {
  const finer = distinctValues(
    numbers(
      'finer',
      Array.from({ length: 400 }, (_, row) => row % 12),
    ),
  )
  const coarser = (nWrong: number) =>
    distinctValues(
      numbers(
        'coarser',
        Array.from({ length: 400 }, (_, row) => (row >= 400 - nWrong ? 7 : (row % 12) % 3)),
      ),
    )
  expect(follows(coarser(0), finer)).toBe(true)
  expect(follows(coarser(4), finer)).toBe(true)
  expect(follows(coarser(5), finer)).toBe(false)
  expect(follows(finer, coarser(0))).toBe(false)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, mixedTable, numbers, rowOf } from '../../../test/learning-tables.ts'
import { addColumn, countEqual, emptySums, keysOf } from './row-keys.ts'

describe('row keys', () => {
  it('are equal where all cells are, and nowhere else', () => {
    const row = fc.record({ a: fc.option(fc.integer({ min: 0, max: 2 })), b: fc.option(fc.constantFrom('x', 'y')) })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
        const table = {
          nRows: rows.length,
          columns: [
            numbers(
              'a',
              rows.map(({ a }) => a),
            ),
            numbers(
              'a again',
              rows.map(({ a }) => a),
            ),
            categories(
              'b',
              rows.map(({ b }) => b),
            ),
          ],
        }
        const sums = emptySums(table.nRows)
        table.columns.forEach((column, place) => addColumn(sums, column, place, 1))
        const keys = keysOf(sums)
        const texts = rows.map((_, i) => JSON.stringify(rowOf(table, i)))
        texts.forEach((a, i) => texts.forEach((b, j) => expect(keys[i] === keys[j]).toBe(a === b)))
        const nExtra = rows.length - new Set(texts).size
        const nPairs = texts.flatMap((a, i) => texts.slice(i + 1).filter((b) => a === b)).length
        expect(countEqual(keys)).toEqual({ nPairs, nExtra })
      }),
    )
  })

  it('lose a column that is taken out, and forget it wholly', () => {
    const { table } = mixedTable(200)
    const [amount, ...others] = table.columns
    const sums = emptySums(200)
    others.forEach((column, place) => addColumn(sums, column, place, 1))
    const without = keysOf(sums)
    addColumn(sums, amount, 9, 1)
    expect(keysOf(sums)).not.toEqual(without)
    addColumn(sums, amount, 9, -1)
    expect(keysOf(sums)).toEqual(without)
  })

  it('take minus zero for zero, and one missing number for another', () => {
    const otherNaN = new Float64Array(new BigUint64Array([0x7ff8000000000123n]).buffer)[0]
    const sums = emptySums(4)
    addColumn(sums, numbers('n', [0, -0, NaN, otherNaN]), 0, 1)
    const keys = keysOf(sums)
    expect([keys[0] === keys[1], keys[2] === keys[3], keys[0] === keys[2]]).toEqual([true, true, false])
  })
})

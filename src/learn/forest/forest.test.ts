import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { takeRows, type Table } from '../table.ts'
import { categories, mixedTable, numbers, rowOf } from '../../../test/learning-tables.ts'
import { slowScore } from '../testing/slow-forest.ts'
import type { Forest } from './forest.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

const { table, y } = mixedTable(600)
let forest: Forest

beforeAll(async () => {
  forest = await new RandomForestClassifier({ nTrees: 100, nThreads: 1, minSamplesLeaf: 2 }).fit({ table, y })
})

/** Tables as they come later: values out of range, missing, levels in another order or never seen. */
const laterTable = fc
  .array(
    fc.record({
      amount: fc.option(fc.oneof(fc.double(), fc.double({ min: 0, max: 1000 }))),
      age: fc.option(fc.integer({ min: 0, max: 120 })),
      region: fc.option(fc.constantFrom('h', 'f', 'c', 'a', 'z', '')),
      agent: fc.option(fc.string({ maxLength: 3 }).map((text) => `agent ${text}`)),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((rows): Table => ({
    nRows: rows.length,
    columns: [
      numbers(
        'amount',
        rows.map((row) => row.amount),
      ),
      numbers(
        'age',
        rows.map((row) => row.age),
      ),
      categories(
        'region',
        rows.map((row) => row.region),
      ),
      categories(
        'agent',
        rows.map((row) => row.agent),
      ),
    ],
  }))

describe('Forest', () => {
  it('scores as the slow walk over decoded nodes does, bit for bit', () => {
    fc.assert(
      fc.property(laterTable, (table) => {
        const scores = forest.predict(table)
        expect([...scores]).toEqual(Array.from(scores, (_, row) => slowScore(forest, table, row)))
        expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true)
      }),
    )
  })

  it('scores one row as it scores it in a table, bit for bit', () => {
    fc.assert(
      fc.property(laterTable, (table) => {
        const alone = Array.from({ length: table.nRows }, (_, row) => forest.predictRow(rowOf(table, row)))
        expect(alone).toEqual([...forest.predict(table)])
      }),
    )
  })

  it('scores rows in any order alike, in tables longer than a block too', () => {
    const rows = Int32Array.from({ length: 5000 }, (_, i) => (i * 7919) % table.nRows)
    const scores = forest.predict(table)
    expect([...forest.predict(takeRows(table, rows))]).toEqual(Array.from(rows, (row) => scores[row]))
  })

  it('matches columns by name and ignores those it does not know', () => {
    const other = {
      nRows: table.nRows,
      columns: [...table.columns.toReversed(), numbers('more', new Float64Array(600))],
    }
    expect(forest.predict(other)).toEqual(forest.predict(table))
  })

  it('gives no scores for no rows', () => {
    expect(forest.predict(takeRows(table, new Int32Array()))).toEqual(new Float64Array())
  })

  it('takes text, number and boolean of a category alike', async () => {
    const columns = [
      categories(
        'flag',
        Array.from({ length: 40 }, (_, i) => (i % 2 ? 'true' : '12')),
      ),
    ]
    const forest = await new RandomForestClassifier({ nTrees: 3, nThreads: 1 }).fit({
      table: { nRows: 40, columns },
      y: Uint8Array.from({ length: 40 }, (_, i) => i % 2),
    })
    expect([forest.predictRow({ flag: true }), forest.predictRow({ flag: 12 })]).toEqual([1, 0])
  })

  it('refuses a table without a column it needs, or with one of another kind', () => {
    const without = { nRows: table.nRows, columns: table.columns.slice(1) }
    expect(() => forest.predict(without)).toThrow(
      expect.objectContaining({
        code: 'MODEL_COLUMN_MISSING',
        message: 'The model needs the column amount (number); given: age, region, agent.',
      }),
    )
    const column = categories('amount', Array<string>(600).fill('1'))
    expect(() => forest.predict({ nRows: 600, columns: [column, ...without.columns] })).toThrow(
      expect.objectContaining({
        code: 'MODEL_COLUMN_KIND',
        message: 'Column amount is a category; the model wants a number.',
      }),
    )
  })

  it('refuses a row without a key it needs, or with a value of the wrong type, and does not repeat the value', () => {
    const row = { amount: 1, age: 2, region: 'a', agent: null }
    const { age: _, ...without } = row
    expect(() => forest.predictRow(without)).toThrow('needs the column age (number); given: amount, region, agent.')
    expect(() => forest.predictRow({ ...row, age: '41' })).toThrow(
      expect.objectContaining({
        code: 'MODEL_VALUE_INVALID',
        message: 'Column age is a string; the model wants a number or null.',
      }),
    )
    expect(() => forest.predictRow({ ...row, region: ['a'] })).toThrow(
      'Column region is a list; the model wants a text',
    )
  })
})

import { describe, expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { takeRows } from '../table.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import { countParts } from './layout.ts'
import type { BoostingOptions } from './options.ts'
import { GradientBoostingRegressor } from './regression/gradient-boosting-regressor.ts'

const nRows = 60_000
const { table, y } = mixedTable(nRows)

describe('parts that threads take from each other', () => {
  it('are one for one thread, one each for few rows, and up to sixteen each for many', () => {
    expect(countParts({ nRows: 10_000_000, nThreads: 1 })).toBe(1)
    expect(countParts({ nRows: 1, nThreads: 2 })).toBe(2)
    expect(countParts({ nRows, nThreads: 2 })).toBe(14)
    expect(countParts({ nRows, nThreads: 7 })).toBe(14)
    expect(countParts({ nRows: 10_000_000, nThreads: 2 })).toBe(32)
  })

  it.each<[string, Partial<BoostingOptions>]>([
    ['all rows', { maxLeaves: 40 }],
    ['a depth that ends before the leaves do', { maxLeaves: 64, maxDepth: 4 }],
    [
      'rows and columns drawn, training ended early',
      { rowShare: 0.3, columnShare: 0.5, patience: 2, learningRate: 0.5 },
    ],
  ])('give the same trees whoever takes them: %s', async (_, options) => {
    const fit = (nThreads: number) =>
      new GradientBoostingClassifier({ nTrees: 6, ...options, nThreads }).fit({ table, y })
    const one = await fit(1)
    for (const nThreads of [2, 7]) expect(await fit(nThreads)).toEqual(one)
  })

  it('give the same trees where each leaf lies in a few of them, and where leaves say medians', async () => {
    const amounts = table.columns[0].kind === 'number' ? table.columns[0].values : new Float64Array(nRows)
    const order = Int32Array.from(amounts.keys()).sort((a, b) => amounts[a] - amounts[b])
    const sorted = takeRows(table, order)
    const targets = Float64Array.from(order, (row) => amounts[row] / 10 + y[row])
    const fit = (nThreads: number) =>
      new GradientBoostingRegressor({ loss: 'absolute', nTrees: 4, nThreads }).fit({ table: sorted, y: targets })
    const one = await fit(1)
    for (const nThreads of [2, 7]) expect(await fit(nThreads)).toEqual(one)
  })
})

import { describe, expect, it } from 'vitest'
import golden from '../../../test/golden/partial-dependence/partial-dependence.json' with { type: 'json' }
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'
import { createRandom, shuffle, trainModel, type Model, type Table } from '../../learn/index.ts'
import { partialDependence } from './partial-dependence.ts'

/** The function of test/golden/partial-dependence/make.py. */
const known: Model = {
  algorithm: 'known',
  signature: {
    columns: [
      { name: 'amount', kind: 'number', required: true },
      { name: 'age', kind: 'number', required: true },
      { name: 'region', kind: 'category', required: true },
    ],
    target: 'fraud',
    positive: 'yes',
  },
  predict({ columns: [amount, age, region] }) {
    if (amount.kind !== 'number' || age.kind !== 'number' || region.kind !== 'category') throw new Error('kinds')
    return amount.values.map((value, row) => {
      const log = Number.isNaN(value) ? 4.5 : Math.log(value)
      const level = region.levels[region.codes[row]]
      const years = age.values[row]
      const margin =
        0.7 * (log - 6) * (level === 'b' ? 2 : 1) -
        (level === 'd' ? 0.08 * (years - 35) : 0) +
        (years > 36 ? 0.9 : 0) -
        0.3
      return 1 / (1 + Math.exp(-margin))
    })
  },
  predictRow: () => NaN,
  describe: () => ({}),
}

const { amount, age, region } = golden.table
const table: Table = {
  nRows: amount.length,
  columns: [numbers('amount', amount), numbers('age', age), categories('region', region)],
}

/** Functions and means are sums of the same doubles in another order. */
const near = (values: number[]): unknown[] => values.map((value): unknown => expect.closeTo(value, 13))

describe('partialDependence', () => {
  it('starts from the function that scikit-learn was given', () => {
    expect([...known.predict(table)]).toEqual(near(golden.scores))
  })

  it.each(Object.entries(golden.features))('is that of scikit-learn for %s', async (feature, wanted) => {
    const input = { model: known, table, features: [feature], nPoints: golden.nPoints, nCurves: table.nRows }
    const [given] = await partialDependence(input)
    expect(given.grid).toEqual(
      wanted.grid.map((point): unknown => (typeof point === 'number' ? expect.closeTo(point, 10) : point)),
    )
    expect(given.mean).toEqual(near(wanted.mean))
    const order = shuffle(Int32Array.from(amount.keys()), createRandom(0))
    expect(given.ice).toEqual([...order].map((row) => near(wanted.ice[row])))
  })

  it('tells missing values apart, and only where there are some', async () => {
    const input = { model: known, table, features: ['amount', 'age'], nCurves: table.nRows }
    const [ofAmount, ofAge] = await partialDependence(input)
    const order = shuffle(Int32Array.from(amount.keys()), createRandom(0))
    const { mean, ice, share } = golden.missing
    expect(ofAmount.missing).toEqual({
      mean: expect.closeTo(mean, 13) as number,
      ice: near([...order].map((row) => ice[row])),
      share: expect.closeTo(share, 13) as number,
    })
    expect(ofAge).not.toHaveProperty('missing')
    const shares = [...ofAmount.share, ofAmount.missing!.share]
    expect(shares.reduce((sum, value) => sum + value)).toBeCloseTo(1, 12)
  })

  it('samples rows and curves by the seed, and no more than it may', async () => {
    const seen: number[] = []
    const model = { ...known, predict: (given: Table) => (seen.push(given.nRows), known.predict(given)) }
    const input = { model, table, features: ['age'], maxRows: 50, nCurves: 7, seed: 3 }
    const [first] = await partialDependence(input)
    expect(first.ice).toHaveLength(7)
    expect(new Set(seen)).toEqual(new Set([50]))
    expect((await partialDependence(input))[0]).toEqual(first)
    const [other] = await partialDependence({ ...input, seed: 4 })
    expect(other.mean).not.toEqual(first.mean)
    expect(other.grid).toEqual(first.grid)
    expect(other.share).toEqual(first.share)
  })

  it('takes any model of the library, dates and categories among its columns, and leaves the table as it was', async () => {
    const { table, y } = mixedTable(200, 1)
    const days = {
      ...numbers(
        'at',
        Float64Array.from(y, (_, row) => 19_000 + (row % 90)),
      ),
      format: 'date' as const,
    }
    const dated = { ...table, columns: [...table.columns, days] }
    const options = { nTrees: 5, nThreads: 1 }
    const model = await trainModel({
      table: dated,
      y,
      target: 'y',
      positive: '1',
      algorithm: 'random_forest',
      options,
    })
    const before = structuredClone(dated)
    const features = ['at', 'region', 'agent']
    const [at, regions, agents] = await partialDependence({ model, table: dated, features, nPoints: 10 })
    expect(dated).toEqual(before)
    expect(at).toMatchObject({ feature: 'at', kind: 'number', format: 'date' })
    expect(at.grid[0]).toBe(19_000)
    expect(at.grid.at(-1)).toBe(19_089)
    expect(at.grid.every((day) => Number.isInteger(day))).toBe(true)
    expect(regions.kind).toBe('category')
    expect(regions.missing!.share).toBeGreaterThan(0)
    // 40 agents: the ten most frequent are shown.
    expect(agents.grid).toHaveLength(10)
    expect(agents.share.reduce((sum, share) => sum + share)).toBeLessThan(1)
    expect(agents.share).toEqual(agents.share.toSorted((a, b) => b - a))
  })

  it('counts infinite numbers at the ends and has no curve where nothing is known', async () => {
    const columns = [
      numbers('amount', [1, Infinity, -Infinity, 2, null]),
      numbers('age', [null, null, null, null, null]),
    ]
    const odd = { nRows: 5, columns: [...columns, categories('region', ['a', 'a', 'b', 'b', 'b'])] }
    const [ofAmount, ofAge] = await partialDependence({ model: known, table: odd, features: ['amount', 'age'] })
    expect(ofAmount).toMatchObject({ grid: [1, 2], share: [0.4, 0.4], missing: { share: 0.2 } })
    expect(ofAge).toMatchObject({ grid: [], mean: [], share: [], missing: { share: 1 } })
  })

  it('tells progress and stops when it is told to', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const progress = (done: number, total: number): void => {
      seen.push(done, total)
      if (done === 1) controller.abort()
    }
    const input = { model: known, table, features: ['region', 'age'] }
    const running = partialDependence(input, { progress, signal: controller.signal })
    await expect(running).rejects.toMatchObject({ code: 'EXPLANATION_CANCELLED' })
    expect(seen).toEqual([0.25, 2, 0.5, 2, 0.75, 2, 1, 2])
  })

  it('refuses features it does not have, tables without rows or columns, and grids of one point', async () => {
    const explain = (input: object): Promise<unknown> =>
      partialDependence({ model: known, table, features: ['age'], ...input })
    await expect(explain({ features: ['size'] })).rejects.toMatchObject({ code: 'FEATURE_UNKNOWN' })
    await expect(explain({ table: { nRows: 0, columns: [] } })).rejects.toMatchObject({ code: 'TABLE_NO_ROWS' })
    await expect(explain({ table: { nRows: 3, columns: [] } })).rejects.toMatchObject({ code: 'MODEL_COLUMN_MISSING' })
    await expect(explain({ nPoints: 1 })).rejects.toThrow('Option nPoints is 1')
  })
})

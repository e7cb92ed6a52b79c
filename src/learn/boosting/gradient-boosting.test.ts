import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'
import { logLoss, rocAucScore } from '../metrics/index.ts'
import { createRandom } from '../random.ts'
import { stratifiedHoldOut } from '../splits/stratified.ts'
import { takeRows, type Column, type Table } from '../table.ts'
import { decodeTrees } from '../testing/decode-trees.ts'
import { slowBoosting } from '../testing/slow-boosting.ts'
import type { BoostedTrees } from './boosted-trees.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import type { BoostingOptions } from './options.ts'
import { anyOptions, randomData } from './random-data.fixture.ts'
import { drawForTree } from './sampling.ts'

type Data = { table: Table; y: Uint8Array; weights?: Float64Array }

const fit = (data: Data, options: Partial<BoostingOptions> = {}): Promise<BoostedTrees> =>
  new GradientBoostingClassifier({ nTrees: 5, nThreads: 1, ...options }).fit(data)

describe('GradientBoostingClassifier', () => {
  it('grows the trees of the slow, obvious version', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2 ** 31), anyOptions, async (seed, options) => {
        const data = randomData(seed)
        const fitted = await fit(data, options)
        const slow = slowBoosting(data, fitted.options)
        expect(fitted.preparation.map(({ kind, ...rest }) => [kind, rest])).toEqual(
          slow.preparation.map(({ kind, ...rest }) => [kind, rest]),
        )
        expect(decodeTrees(fitted)).toEqual(slow.trees)
      }),
      { numRuns: 60 },
    )
  })

  it('grows the trees of the slow version over several blocks of rows', async () => {
    const { table, y } = mixedTable(2500)
    const weights = Float64Array.from(y, (_, row) => 1 + (row % 3))
    const fitted = await fit({ table, y, weights }, { nTrees: 3 })
    expect(decodeTrees(fitted)).toEqual(slowBoosting({ table, y, weights }, fitted.options).trees)
  })

  it('takes no step without end where a leaf has all but no hessian', async () => {
    const table: Table = { nRows: 8, columns: [numbers('x', [1, 2, 3, 4, 5, 6, 7, 8])] }
    const y = Uint8Array.of(0, 0, 1, 0, 1, 0, 1, 1)
    const free = { minHessian: 0, learningRate: 1, minSamplesLeaf: 1, rowShare: 0.5, nTrees: 60 }
    const fitted = await fit({ table, y }, free)
    const trees = decodeTrees(fitted)
    const values = trees.flat().flatMap((node) => (node.kind === 'leaf' ? [Math.abs(node.value)] : []))
    expect(Math.max(...values)).toBe(10_000)
    expect(trees).toEqual(slowBoosting({ table, y }, fitted.options).trees)
  })

  it('gives the same trees with 1, 2 and 7 threads', async () => {
    const data = mixedTable(9000)
    const [one, ...others] = await Promise.all([1, 2, 7].map((nThreads) => fit(data, { nTrees: 8, nThreads })))
    for (const other of others) expect(other).toEqual(one)
  })

  it('gives the same trees with 1, 2 and 7 threads where rows and columns are drawn and training ends early', async () => {
    const data = mixedTable(9000)
    const options = { nTrees: 100, rowShare: 0.6, columnShare: 0.5, patience: 3, learningRate: 0.5, seed: 5 }
    const [one, ...others] = await Promise.all([1, 2, 7].map((nThreads) => fit(data, { ...options, nThreads })))
    expect(one.trees.starts.length / 2).toBeLessThan(100)
    for (const other of others) expect(other).toEqual(one)
  })

  it('ends after the trees that score the rows held out best', async () => {
    const { table, y } = mixedTable(1500)
    const options = { nTrees: 200, learningRate: 0.3, patience: 8, holdOutShare: 0.25, seed: 2 }
    const early = await fit({ table, y }, options)
    const held = stratifiedHoldOut(y, 0.25, 2)
    const labels = Uint8Array.from(held.test, (row) => y[row])
    const lossOf = (fitted: BoostedTrees): number => logLoss(labels, fitted.predict(takeRows(table, held.test)))
    const nBest = early.trees.starts.length / 2
    expect(nBest).toBeGreaterThan(3)
    expect(nBest).toBeLessThan(150)
    // Fewer trees, the same otherwise.
    for (const nTrees of [1, nBest - 1]) {
      expect(lossOf(await fit({ table, y }, { ...options, nTrees }))).toBeGreaterThan(lossOf(early))
    }
  })

  it('draws about the share of rows, and as many columns as the share says', () => {
    const { features, rowLimit } = drawForTree(3, 20, { seed: 1, rowShare: 0.25, columnShare: 0.33 })
    expect(features.reduce((sum, drawn) => sum + drawn, 0)).toBe(7)
    expect((rowLimit + 1) / 2 ** 32).toBeCloseTo(0.25, 9)
    expect(drawForTree(0, 3, { seed: 1, rowShare: 1, columnShare: 0.001 }).features.indexOf(1)).toBeGreaterThanOrEqual(
      0,
    )
  })

  it('lowers the loss of its own rows with every tree', async () => {
    const { table, y } = mixedTable(1000)
    const losses: number[] = []
    for (const nTrees of [1, 2, 4, 8, 16]) losses.push(logLoss(y, (await fit({ table, y }, { nTrees })).predict(table)))
    expect(losses).toEqual(losses.toSorted((a, b) => b - a))
    expect(losses[4]).toBeLessThan(losses[0] - 0.1)
  })

  it('learns what carries over to other rows', async () => {
    const { table, y } = mixedTable(3000)
    const other = mixedTable(2000, 1)
    expect(rocAucScore(other.y, (await fit({ table, y }, { nTrees: 60 })).predict(other.table))).toBeGreaterThan(0.82)
  })

  it('takes a row of weight k as k rows', async () => {
    const { table: mixed, y } = mixedTable(400)
    // Few distinct values, so that both tables have the same bins.
    const columns = mixed.columns.slice(0, 2).map((column): Column => {
      return column.kind === 'number' ? { ...column, values: column.values.map((x) => Math.floor(x / 20)) } : column
    })
    const table = { nRows: 400, columns }
    const weights = Float64Array.from(y, (_, row) => 1 + (row % 3))
    const order = Int32Array.from([...weights].flatMap((weight, row) => Array<number>(weight).fill(row)))
    const repeated = { table: takeRows(table, order), y: Uint8Array.from(order, (row) => y[row]) }
    // The least hessian limits leaves here, as rows are counted without their weights.
    const options = { minSamplesLeaf: 1, minHessian: 5 }
    const [a, b] = [await fit({ table, y, weights }, options), await fit(repeated, options)]
    const scores = b.predict(table)
    a.predict(table).forEach((score, row) => expect(score).toBeCloseTo(scores[row], 6))
  })

  it('takes a row of weight 0 as if it were not there', async () => {
    const { table, y } = mixedTable(400)
    const weights = Float64Array.from(y, (_, row) => row % 3)
    const used = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0)
    const [labels, counts] = [Uint8Array.from(used, (row) => y[row]), Float64Array.from(used, (row) => weights[row])]
    const without = await fit({ table: takeRows(table, used), y: labels, weights: counts })
    expect((await fit({ table, y, weights })).predict(table)).toEqual(without.predict(table))
  })

  it('does not depend on the order of columns', async () => {
    // Of equal gains the first column's is taken; with these weights none are equal.
    const random = createRandom(3)
    const values = (): number[] => Array.from({ length: 1000 }, () => random.unit())
    const columns = ['a', 'b', 'c', 'd', 'e'].map((name) => numbers(name, values()))
    const table = { nRows: 1000, columns }
    const y = Uint8Array.from({ length: 1000 }, (_, row) => (columns[1].values[row] + random.unit() > 1 ? 1 : 0))
    const weights = Float64Array.from(values())
    const turned = { nRows: 1000, columns: columns.toReversed() }
    const options = { maxLeaves: 5 }
    const scores = (await fit({ table, y, weights }, options)).predict(table)
    expect((await fit({ table: turned, y, weights }, options)).predict(table)).toEqual(scores)
  })

  it('does not depend on the order of rows', async () => {
    const { table, y } = mixedTable(500)
    const order = Int32Array.from({ length: 500 }, (_, i) => (i * 77) % 500)
    const turned = { table: takeRows(table, order), y: Uint8Array.from(order, (row) => y[row]) }
    expect((await fit(turned)).predict(table)).toEqual((await fit({ table, y })).predict(table))
  })
})

describe('what gradient boosting copes with', () => {
  const half = (n: number): Uint8Array => Uint8Array.from({ length: n }, (_, i) => (2 * i < n ? 0 : 1))

  it('scores the share of positives where no column says anything', async () => {
    const columns = [numbers('nothing', Array<null>(40).fill(null)), categories('same', Array<string>(40).fill('a'))]
    const scores = (await fit({ table: { nRows: 40, columns }, y: half(40).map((y, i) => (i < 30 ? 0 : y)) })).predict({
      nRows: 40,
      columns,
    })
    expect(scores[0]).toBeCloseTo(0.25, 6)
  })

  it('learns from whether a value is missing alone', async () => {
    const columns = [
      numbers(
        'x',
        Array.from({ length: 100 }, (_, i) => (i < 50 ? null : 7)),
      ),
    ]
    const table = { nRows: 100, columns }
    const scores = (await fit({ table, y: half(100) }, { nTrees: 50 })).predict(table)
    expect(scores[0]).toBeLessThan(0.05)
    expect(scores[99]).toBeGreaterThan(0.95)
  })

  it('takes infinities as values beyond all others', async () => {
    const columns = [
      numbers(
        'x',
        Array.from({ length: 100 }, (_, i) => (i < 50 ? -Infinity : Infinity)),
      ),
    ]
    const table = { nRows: 100, columns }
    const fitted = await fit({ table, y: half(100) }, { nTrees: 50 })
    expect(fitted.predictRow({ x: -Infinity })).toBeLessThan(0.05)
    expect(fitted.predictRow({ x: 1e300 })).toBeGreaterThan(0.95)
  })

  it('learns from two rows', async () => {
    const table = { nRows: 2, columns: [numbers('x', [1, 2])] }
    const fitted = await fit({ table, y: Uint8Array.of(0, 1) }, { minSamplesLeaf: 1 })
    const [low, high] = fitted.predict(table)
    expect([low < 0.5, high > 0.5]).toEqual([true, true])
  })

  it.each([1e-30, 1e30])('takes weights of %d', async (weight) => {
    const { table, y } = mixedTable(200)
    const fitted = await fit({ table, y, weights: new Float64Array(200).fill(weight) }, { minHessian: 0 })
    expect([...fitted.predict(table)].every((score) => score > 0 && score < 1)).toBe(true)
    expect(rocAucScore(y, fitted.predict(table))).toBeGreaterThan(0.75)
  })

  it('takes 65,000 categories and those that come later', async () => {
    const names = Array.from({ length: 65_000 }, (_, i) => `name ${i}`)
    const table = { nRows: 65_000, columns: [categories('name', names), numbers('x', names.keys())] }
    const fitted = await fit({ table, y: half(65_000) }, { nTrees: 2 })
    expect(fitted.predictRow({ name: 'never seen', x: 0 })).toBe(fitted.predict(table)[0])
  })

  it('has more columns than fit a group of four, and several groups', async () => {
    for (const nColumns of [1, 3, 4, 5, 17]) {
      const random = createRandom(nColumns)
      const columns = Array.from({ length: nColumns }, (_, c) =>
        numbers(
          `x${c}`,
          Array.from({ length: 80 }, () => random.unit()),
        ),
      )
      const last = columns[nColumns - 1].values
      const y = Uint8Array.from({ length: 80 }, (_, row) => (last[row] > 0.5 ? 1 : 0))
      const fitted = await fit({ table: { nRows: 80, columns }, y }, { nTrees: 20, minSamplesLeaf: 5 })
      expect(rocAucScore(y, fitted.predict({ nRows: 80, columns }))).toBeGreaterThan(0.97)
    }
  })
})

describe('how a fit is followed and ended', () => {
  it('tells progress after each tree', async () => {
    const seen: [number, number][] = []
    const boosting = new GradientBoostingClassifier({ nTrees: 4, nThreads: 2 })
    await boosting.fit(mixedTable(100), { progress: (done, total) => seen.push([done, total]) })
    expect(seen).toEqual([1, 2, 3, 4].map((done) => [done, 4]))
  })

  it('ends at an abort, long before its trees are grown', async () => {
    const controller = new AbortController()
    const boosting = new GradientBoostingClassifier({ nTrees: 100_000, nThreads: 2 })
    const progress = (done: number): void => {
      if (done === 3) controller.abort()
    }
    const fitting = boosting.fit(mixedTable(5000), { signal: controller.signal, progress })
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' })
  })

  it('ends when it is aborted while columns are passed to its threads', async () => {
    const controller = new AbortController()
    const { values } = numbers('x', Array(5000).keys())
    const columns = Array.from({ length: 40 }, (_, c): Column => ({ kind: 'number', name: `x${c}`, values }))
    let nReads = 0
    // Read to be checked, then to be passed.
    Object.defineProperty(columns[30], 'values', {
      get: () => {
        if (++nReads === 2) controller.abort()
        return values
      },
    })
    const boosting = new GradientBoostingClassifier({ nTrees: 100_000, nThreads: 2 })
    const y = Uint8Array.from(values, (value) => value % 2)
    const fitting = boosting.fit({ table: { nRows: 5000, columns }, y }, { signal: controller.signal })
    await expect(fitting).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' })
    expect(nReads).toBe(2)
  })

  it('refuses weights that cannot be used, and names the first', async () => {
    const { table, y } = mixedTable(100)
    const refused = (weights: ArrayLike<number>): Promise<unknown> =>
      fit({ table, y, weights: Float64Array.from(weights) }).catch((error: unknown) => error)
    const ones = new Float64Array(100).fill(1)
    for (const weight of [-1, NaN, Infinity, 1e31]) {
      expect(await refused(ones.with(7, weight))).toMatchObject({
        code: 'WEIGHTS_INVALID',
        message: expect.stringContaining(`row 7 has the weight ${weight}`),
      })
    }
    expect(await refused([1])).toMatchObject({ message: expect.stringContaining('there are 1 for 100 rows') })
    expect(await refused(y)).toMatchObject({ message: expect.stringContaining('no row of one of the classes') })
  })

  it('refuses options outside their range', () => {
    expect(() => new GradientBoostingClassifier({ learningRate: 0 })).toThrow('Option learningRate is 0')
  })
})

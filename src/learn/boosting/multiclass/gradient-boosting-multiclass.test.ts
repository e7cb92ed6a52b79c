import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mixedTable } from '../../../../test/learning-tables.ts'
import { classHoldOut } from '../../splits/stratified.ts'
import { takeRows, type Column, type Table } from '../../table.ts'
import { decodeTrees } from '../../testing/decode-trees.ts'
import { slowBoosting, type SlowNode } from '../../testing/slow-boosting.ts'
import type { CurvePoint } from '../../train-hooks.ts'
import { GradientBoostingClassifier } from '../gradient-boosting.ts'
import type { BoostingOptions } from '../options.ts'
import { anyOptions, randomData } from '../random-data.fixture.ts'
import type { BoostedClasses } from './boosted-classes.ts'
import { GradientBoostingMulticlass } from './gradient-boosting-multiclass.ts'

type Data = { table: Table; y: Int32Array; classes: string[]; weights?: Float64Array }

const fit = (data: Data, options: Partial<BoostingOptions> = {}): Promise<BoostedClasses> =>
  new GradientBoostingMulticlass({ nTrees: 4, nThreads: 1, ...options }).fit(data)

/** From round by round to class by class. */
function byClass(trees: SlowNode[][], nClasses: number): SlowNode[][] {
  return Array.from({ length: nClasses }, (_, k) => trees.filter((_, t) => t % nClasses === k)).flat()
}

const { table, y: labels } = mixedTable(2503)
const classes = ['approved', 'denied', 'part', 'withdrawn']
const amount = table.columns[0]
const y = Int32Array.from(labels, (label, row) => {
  if (label) return 1
  return amount.kind === 'number' && amount.values[row] > 400 ? 2 : row % 9 === 0 ? 3 : 0
})

/** The mean of −ln of the probability of each row's own class. */
function lossOf(fitted: BoostedClasses, rows: Int32Array): number {
  const p = fitted.predict(takeRows(table, rows))
  return rows.reduce((sum, row, i) => sum - Math.log(p[i * classes.length + y[row]]), 0) / rows.length
}

describe('GradientBoostingMulticlass', () => {
  it('grows the trees of the slow, obvious version', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(2 ** 31), anyOptions, fc.integer({ min: 2, max: 5 }), async (seed, options, nClasses) => {
        const { table, y: labels, weights } = randomData(seed)
        const rows = Math.max(nClasses, table.nRows)
        const y = Int32Array.from(labels, (label, row) => (row < nClasses ? row : label ? row % nClasses : 0))
        fc.pre(rows === table.nRows)
        const names = classes.concat('other').slice(0, nClasses)
        const fitted = await fit({ table, y, classes: names, weights }, { ...options, nTrees: 2 })
        const hessianFactor = nClasses / (nClasses - 1)
        const objective = { loss: 'softmax', start: fitted.baseScores, hessianFactor } as const
        const slow = slowBoosting({ table, y, weights }, fitted.options, objective)
        expect(decodeTrees(fitted)).toEqual(byClass(slow.trees, nClasses))
      }),
      { numRuns: 20 },
    )
  })

  it('gives probabilities that sum to 1, and the shares of the classes where no column says anything', async () => {
    const p = (await fit({ table, y, classes })).predict(table)
    for (let row = 0; row < 50; row++) {
      const sum = p.subarray(4 * row, 4 * row + 4).reduce((a, b) => a + b)
      expect(sum).toBeCloseTo(1, 12)
    }
    const nothing: Column = { kind: 'number', name: 'nothing', values: new Float64Array(2503) }
    const constant = await fit({ table: { nRows: 2503, columns: [nothing] }, y, classes })
    constant.predictRow({ nothing: 0 }).forEach((share, k) => {
      expect(share).toBeCloseTo(y.filter((own) => own === k).length / 2503, 5)
    })
  })

  it('lowers the log-loss with every round, as the curve tells', async () => {
    const points: CurvePoint[] = []
    const multiclass = new GradientBoostingMulticlass({ nTrees: 5, nThreads: 1 })
    const fitted = await multiclass.fit({ table, y, classes }, { curve: (point) => points.push(point) })
    const losses = points.map(({ loss }) => loss)
    expect(points.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4, 5])
    expect(points[0]).toMatchObject({ metric: 'multiclassLogLoss', on: 'training' })
    expect(losses).toEqual(losses.toSorted((a, b) => b - a))
    expect(losses[4]).toBeCloseTo(lossOf(fitted, Int32Array.from(y.keys())), 5)
  })

  it('ends after the rounds that score the rows held out best', async () => {
    const options = { nTrees: 200, learningRate: 0.4, patience: 5, holdOutShare: 0.3, seed: 2 }
    const early = await fit({ table, y, classes }, options)
    const mask = classHoldOut(Uint8Array.from(y), 0.3, 2)
    const held = Int32Array.from(mask.keys()).filter((row) => mask[row])
    const nRounds = early.trees.starts.length / 2 / classes.length
    expect(Number.isInteger(nRounds) && nRounds > 1 && nRounds < 150).toBe(true)
    const fewer = await fit({ table, y, classes }, { ...options, nTrees: nRounds - 1 })
    expect(lossOf(fewer, held)).toBeGreaterThan(lossOf(early, held))
  })

  it('grows the same trees on 1, 2 and 7 threads, also where rows are drawn and training ends early', async () => {
    for (const options of [{}, { rowShare: 0.6, columnShare: 0.5, patience: 2, nTrees: 20, learningRate: 0.5 }]) {
      const [one, ...others] = await Promise.all(
        [1, 2, 7].map((nThreads) => fit({ table, y, classes }, { ...options, nThreads })),
      )
      for (const other of others) expect(other).toEqual(one)
    }
  })

  it('does not depend on the order of rows', async () => {
    const order = Int32Array.from({ length: 2503 }, (_, i) => (i * 77) % 2503)
    const turned = { table: takeRows(table, order), y: Int32Array.from(order, (row) => y[row]), classes }
    const scores = (await fit({ table, y, classes })).predict(table)
    ;(await fit(turned)).predict(table).forEach((p, i) => expect(p).toBeCloseTo(scores[i], 6))
  })

  it('takes a row of weight k as k rows, and of weight 0 as none', async () => {
    const columns = table.columns.slice(0, 2).map((column): Column => {
      return column.kind === 'number' ? { ...column, values: column.values.map((x) => Math.floor(x / 20)) } : column
    })
    const few = takeRows(
      { nRows: 2503, columns },
      Int32Array.from({ length: 400 }, (_, row) => row),
    )
    const weights = Float64Array.from({ length: 400 }, (_, row) => (row + 1) % 3)
    const order = Int32Array.from([...weights].flatMap((weight, row) => Array<number>(weight).fill(row)))
    const repeated = { table: takeRows(few, order), y: Int32Array.from(order, (row) => y[row]), classes }
    const options = { minSamplesLeaf: 1, minHessian: 5 }
    const scores = (await fit(repeated, options)).predict(few)
    const weighted = await fit({ table: few, y: y.slice(0, 400), classes, weights }, options)
    weighted.predict(few).forEach((p, i) => expect(p).toBeCloseTo(scores[i], 5))
  })

  it('ranks two classes as the classifier of two does', async () => {
    // Two trees a round with hessians twice as large: each takes half of the step. Numbers alone, as categories are smoothed.
    const numbers = { nRows: 2503, columns: table.columns.slice(0, 2) }
    const options = { nTrees: 3, maxLeaves: 4, nThreads: 1 }
    const codes = Int32Array.from(labels)
    const two = await fit({ table: numbers, y: codes, classes: ['no', 'yes'] }, options)
    const p = two.predict(numbers).filter((_, i) => i % 2 === 1)
    const binary = (await new GradientBoostingClassifier(options).fit({ table: numbers, y: labels })).predict(numbers)
    p.forEach((score, row) => expect(score).toBeCloseTo(binary[row], 5))
  })

  it('refuses monotone columns, and says why', () => {
    expect(() => new GradientBoostingMulticlass({ monotone: { amount: 'increasing' } })).toThrow(
      'nothing for several classes, whose probabilities cannot all rise',
    )
  })
})

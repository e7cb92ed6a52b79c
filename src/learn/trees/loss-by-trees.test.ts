import { describe, expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { logLoss } from '../metrics/index.ts'
import { trainModel } from '../model/train-model.ts'
import { takeRows } from '../table.ts'
import { lossByTrees } from './loss-by-trees.ts'

const { table, y } = mixedTable(900)
const half = (from: number) => Int32Array.from({ length: 450 }, (_, i) => from + i)
const rowsOf = (from: number) => ({
  table: takeRows(table, half(from)),
  y: Uint8Array.from(half(from), (row) => y[row]),
})
const [learned, unseen] = [rowsOf(0), rowsOf(450)]
const train = (algorithm: 'gradient_boosting' | 'random_forest', nTrees: number) =>
  trainModel({ ...learned, target: 'y', positive: '1', algorithm, options: { nTrees, nThreads: 1, seed: 5 } })

describe('lossByTrees', () => {
  it('is the loss of boosting that was stopped there', async () => {
    const curve = lossByTrees(await train('gradient_boosting', 7), unseen)
    expect(curve.map(({ nTrees }) => nTrees)).toEqual([1, 2, 3, 4, 5, 6, 7])
    for (const { nTrees, loss } of curve) {
      const stopped = await train('gradient_boosting', nTrees)
      expect(loss).toBeCloseTo(logLoss(unseen.y, stopped.predict(unseen.table)), 12)
    }
  })

  it('is the loss of a smaller forest', async () => {
    const curve = lossByTrees(await train('random_forest', 5), unseen)
    expect(curve).toHaveLength(5)
    for (const { nTrees, loss } of curve) {
      const smaller = await train('random_forest', nTrees)
      expect(loss).toBeCloseTo(logLoss(unseen.y, smaller.predict(unseen.table)), 12)
    }
  })

  it('has at most 24 points, evenly spaced', async () => {
    const model = await train('gradient_boosting', 101)
    const places = lossByTrees(model, unseen).map(({ nTrees }) => nTrees)
    expect(places).toEqual(Array.from({ length: 20 }, (_, i) => 5 * (i + 1)))
  })

  it('of more than 50,000 rows looks at 50,000, evenly spread', async () => {
    const model = await train('gradient_boosting', 2)
    const repeated = (n: number, placeOf: (i: number) => number) => {
      const rows = Int32Array.from({ length: n }, (_, i) => placeOf(i) % 450)
      return { table: takeRows(unseen.table, rows), y: Uint8Array.from(rows, (row) => unseen.y[row]) }
    }
    const everyRowTwice = repeated(100_000, (i) => Math.floor(i / 2))
    expect(lossByTrees(model, everyRowTwice)).toEqual(
      lossByTrees(
        model,
        repeated(50_000, (i) => i),
      ),
    )
  })

  it('is nothing without trees or rows', async () => {
    const linear = await trainModel({ ...learned, target: 'y', positive: '1', algorithm: 'logistic_regression' })
    expect(lossByTrees(linear, unseen)).toEqual([])
    const none = { table: takeRows(table, new Int32Array()), y: new Uint8Array() }
    expect(lossByTrees(await train('gradient_boosting', 2), none)).toEqual([])
  })
})

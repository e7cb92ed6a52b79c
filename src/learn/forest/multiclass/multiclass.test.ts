import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../../../test/golden/forest/peer.json' with { type: 'json' }
import { peerFolds, peerMean, peerTable } from '../../../../test/forest-peer.ts'
import { mixedTable, numbers, rowOf } from '../../../../test/learning-tables.ts'
import type { AnyModel } from '../../model/any-model.ts'
import { loadAnyModel, serialiseModel } from '../../model/format.ts'
import { trainMulticlass } from '../../model/other-tasks/train-multiclass.ts'
import { takeRows, type Table } from '../../table.ts'
import { ForestMulticlass } from './forest-multiclass.ts'

const algorithms = ['random_forest', 'extra_trees'] as const
const { table, y: labels } = mixedTable(500)
const classes = ['approved', 'denied', 'part']
const y = Int32Array.from(labels, (label, row) => (label ? 1 : row % 3 === 0 ? 2 : 0))

/** The table with categories as numbers: the codes that `make.py` began with. */
const codes: Table = {
  nRows: peerTable.nRows,
  columns: peerTable.columns.map((column) => {
    if (column.kind === 'number') return column
    return numbers(
      column.name,
      Array.from(column.codes, (code) => Number(column.levels[code].split(' ')[1])),
    )
  }),
}

describe.each(algorithms)('%s for several classes', (algorithm) => {
  let model: AnyModel
  const train = (nThreads: number, more = {}): Promise<AnyModel> =>
    trainMulticlass({ table, y, classes, target: 'end', algorithm, options: { nTrees: 10, nThreads }, ...more })
  beforeAll(async () => {
    model = await train(1)
  })

  it('has the same bytes for 1, 2 and 7 threads, and comes back from them', async () => {
    const bytes = serialiseModel(model)
    for (const nThreads of [2, 7]) expect(serialiseModel(await train(nThreads))).toEqual(bytes)
    const loaded = loadAnyModel(bytes)
    expect(loaded).toMatchObject({ task: 'multiclass', algorithm, classes, signature: model.signature })
    expect(loaded.predict(table)).toEqual(model.predict(table))
    expect(loaded.describe()).toEqual(model.describe())
    expect(loaded.describe()).toMatchObject({ nTrees: 10, classes })
    expect(serialiseModel(loaded)).toEqual(bytes)
  })

  it('gives probabilities that sum to 1, for a row as in a table', () => {
    const scores = model.predict(table)
    for (let row = 0; row < 50; row++) {
      const some = [...scores.subarray(3 * row, 3 * row + 3)]
      expect(some[0] + some[1] + some[2]).toBeCloseTo(1, 12)
      expect(Math.min(...some)).toBeGreaterThanOrEqual(0)
      expect(model.predictRow(rowOf(table, row))).toEqual(some)
    }
  })

  it('leaves rows of weight 0 out', async () => {
    const used = Int32Array.from({ length: 250 }, (_, i) => 2 * i)
    const alone = { table: takeRows(table, used), y: Int32Array.from(used, (row) => y[row]) }
    const weights = Float64Array.from(y, (_, row) => (row % 2 === 0 ? 1 : 0))
    expect(serialiseModel(await train(1, { weights }))).toEqual(serialiseModel(await train(1, alone)))
  })

  it('refuses classes that cannot be told apart', async () => {
    await expect(train(1, { classes: ['a', 'b'] })).rejects.toMatchObject({ code: 'CLASSES_INVALID' })
    await expect(train(1, { y: y.subarray(1) })).rejects.toMatchObject({ code: 'LABELS_LENGTH_DIFFERS' })
  })

  it('is not worse than scikit-learn: the mean log-loss over the folds is at most 0.01 above', async () => {
    // Random sets of levels have no peer there: extra trees are compared on the codes of categories, as numbers.
    const isRandom = algorithm === 'extra_trees'
    const peer = peerMean(isRandom ? golden.extraTreesCodesLogLoss : golden.logLoss)
    const table = isRandom ? codes : peerTable
    let sum = 0
    for (const { train, test } of peerFolds) {
      const y = Int32Array.from(train, (row) => golden.kind[row])
      const data = { table: takeRows(table, train), y, classes: ['a', 'b', 'c'] }
      const scores = (await new ForestMulticlass(algorithm, { nTrees: 500 }).fit(data)).predict(takeRows(table, test))
      sum -= test.reduce((loss, row, i) => loss + Math.log(scores[3 * i + golden.kind[row]]), 0) / test.length
    }
    expect(sum / peerFolds.length).toBeLessThan(peer + 0.01)
  })
})

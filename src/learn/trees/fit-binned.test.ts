import { describe, expect, it } from 'vitest'
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'
import { GradientBoostingClassifier } from '../boosting/gradient-boosting.ts'
import { rocAucScore } from '../metrics/index.ts'
import { serialiseModel } from '../model/format.ts'
import { trainModel, type TrainInput } from '../model/train-model.ts'
import { splitsOfFolds } from '../splits/split.ts'
import { stratifiedKFold } from '../splits/stratified.ts'
import { takeRows } from '../table.ts'
import { binTable } from './binned-table.ts'
import type { TrainingRows } from './training-rows.ts'

const names = { target: 'y', positive: '1' }

/** Every algorithm that cuts columns into bins, with options under which much can go wrong. */
const fits = {
  gradient_boosting: (data: TrainingRows & { y: Uint8Array; weights?: Float64Array }) =>
    trainModel({
      ...data,
      ...names,
      algorithm: 'gradient_boosting',
      options: { nTrees: 6, rowShare: 0.7, columnShare: 0.6, patience: 4, nThreads: 2 },
    } as TrainInput),
  random_forest: (data: TrainingRows & { y: Uint8Array; weights?: Float64Array }) =>
    trainModel({ ...data, ...names, algorithm: 'random_forest', options: { nTrees: 40, nThreads: 2 } } as TrainInput),
  extra_trees: (data: TrainingRows & { y: Uint8Array; weights?: Float64Array }) =>
    trainModel({ ...data, ...names, algorithm: 'extra_trees', options: { nTrees: 40, nThreads: 2 } } as TrainInput),
}
const algorithms = Object.keys(fits) as (keyof typeof fits)[]

const pick = (y: Uint8Array, rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => y[row])

describe.each(algorithms)('%s on a binned table', (algorithm) => {
  const fit = fits[algorithm]

  it('gives the bytes of a fit on the table itself', async () => {
    const { table, y } = mixedTable(2600)
    const binned = await binTable(table, { nThreads: 2 })
    const expected = serialiseModel(await fit({ table, y }))
    expect(serialiseModel(await fit({ binned, y }))).toEqual(expected)
    const rows = Int32Array.from({ length: table.nRows }, (_, row) => row)
    expect(serialiseModel(await fit({ binned, rows, y }))).toEqual(expected)
  })

  it('takes rows in any order and number as a table of them, where that has the same bins', async () => {
    const { table: mixed, y } = mixedTable(400)
    // Few values, each of which stays frequent.
    const columns = mixed.columns.map((column) =>
      column.kind === 'number' ? { ...column, values: column.values.map((value) => Math.floor(value / 25)) } : column,
    )
    const table = { nRows: 400, columns }
    const binned = await binTable(table)
    // Each row twice, so that frequent levels come in the same order.
    const rows = Int32Array.from({ length: 800 }, (_, i) => (i * 77) % 400)
    const alone = await fit({ table: takeRows(table, rows), y: pick(y, rows) })
    expect(serialiseModel(await fit({ binned, rows, y: pick(y, rows) }))).toEqual(serialiseModel(alone))
  })

  it('scores folds about as well as fits that bin each for itself, though the edges come from all rows', async () => {
    const { table, y } = mixedTable(1500)
    const binned = await binTable(table)
    const differences: number[] = []
    for (const { train, test } of splitsOfFolds(stratifiedKFold(y, 5, 0))) {
      const [shared, alone] = [
        await fit({ binned, rows: train, y: pick(y, train) }),
        await fit({ table: takeRows(table, train), y: pick(y, train) }),
      ].map((model) => rocAucScore(pick(y, test), model.predict(takeRows(table, test))))
      differences.push(shared - alone)
    }
    const mean = differences.reduce((sum, value) => sum + value, 0) / 5
    expect(Math.abs(mean)).toBeLessThan(0.01)
    expect(Math.max(...differences.map(Math.abs))).toBeLessThan(0.04)
  })

  it('keeps the levels of all rows, also those that are rare among the rows it is fitted on', async () => {
    // Five rows of a level are enough for a bin of its own, four are not.
    const cells = Array.from({ length: 60 }, (_, row) => (row < 5 ? 'rare' : row < 9 ? 'too rare' : 'usual'))
    const table = { nRows: 60, columns: [categories('c', cells), numbers('x', cells.keys())] }
    const y = Uint8Array.from(cells, (_, row) => row % 2)
    const binned = await binTable(table)
    const rows = Int32Array.from({ length: 50 }, (_, i) => i + 4)
    const levelsOf = async (data: TrainingRows): Promise<unknown> => {
      const { signature } = await fit({ ...data, y: pick(y, rows) })
      return signature.columns[0].levels
    }
    expect(await levelsOf({ binned, rows })).toEqual(['usual', 'rare'])
    expect(await levelsOf({ table: takeRows(table, rows) })).toEqual(['usual'])
  })

  it('refuses rows that there are not, labels of other rows, other bins, and no rows', async () => {
    const { table, y } = mixedTable(100)
    const binned = await binTable(table)
    const refused = (data: TrainingRows & { y: Uint8Array }): Promise<unknown> =>
      fit(data).catch((error: unknown) => error)
    expect(await refused({ binned, rows: Int32Array.of(0, 1, 100), y: y.subarray(0, 3) })).toMatchObject({
      code: 'ROW_UNKNOWN',
      message: 'The row named in place 2 is 100; the table has rows 0 to 99.',
    })
    expect(await refused({ binned, rows: Int32Array.of(0, -1), y: y.subarray(0, 2) })).toMatchObject({
      code: 'ROW_UNKNOWN',
    })
    expect(await refused({ binned, rows: Int32Array.of(0, 1), y })).toMatchObject({ code: 'LABELS_LENGTH_DIFFERS' })
    expect(await refused({ binned, rows: new Int32Array(), y: new Uint8Array() })).toMatchObject({
      code: 'TABLE_NO_ROWS',
    })
    expect(await refused({ binned: await binTable(table, { maxBins: 16 }), y })).toMatchObject({
      message: 'Option maxBins is 255; allowed: 16, as the table was binned.',
    })
  })
})

describe('gradient boosting with weights on a binned table', () => {
  it('gives the trees of a fit on the table itself, also where rows weigh nothing', async () => {
    const { table, y } = mixedTable(700)
    const binned = await binTable(table)
    const fit = (data: TrainingRows, weights: Float64Array) =>
      new GradientBoostingClassifier({ nTrees: 5, nThreads: 2 }).fit({ ...data, y, weights })
    const weights = Float64Array.from(y, (_, row) => 1 + (row % 3))
    expect((await fit({ binned }, weights)).trees).toEqual((await fit({ table }, weights)).trees)
    // The rows without weight are in the bins' statistics alone.
    const some = weights.map((weight) => weight - 1)
    const rows = Int32Array.from(some.keys()).filter((row) => some[row] > 0)
    const without = await new GradientBoostingClassifier({ nTrees: 5, nThreads: 2 }).fit({
      binned,
      rows,
      y: pick(y, rows),
      weights: Float64Array.from(rows, (row) => some[row]),
    })
    expect(await fit({ binned }, some)).toEqual(without)
  })
})

describe('sharing one binned table', () => {
  it('is possible for several fits at the same time', async () => {
    const { table, y } = mixedTable(800)
    const binned = await binTable(table)
    const folds = splitsOfFolds(stratifiedKFold(y, 3, 0))
    const fitAll = (run: (works: (() => Promise<Uint8Array>)[]) => Promise<Uint8Array[]>): Promise<Uint8Array[]> =>
      run(
        algorithms.flatMap((algorithm) =>
          folds.map(
            ({ train }) =>
              async () =>
                serialiseModel(await fits[algorithm]({ binned, rows: train, y: pick(y, train) })),
          ),
        ),
      )
    const before = new Uint8Array(binned.bins).slice()
    const together = await fitAll((works) => Promise.all(works.map((work) => work())))
    const oneByOne = await fitAll(async (works) => {
      const models: Uint8Array[] = []
      for (const work of works) models.push(await work())
      return models
    })
    expect(together).toEqual(oneByOne)
    expect(new Uint8Array(binned.bins)).toEqual(before)
  })

  it('is refused by an algorithm that cuts nothing into bins', async () => {
    const { table, y } = mixedTable(50)
    const binned = await binTable(table)
    const training = trainModel({ binned, y, ...names, algorithm: 'logistic_regression' })
    await expect(training).rejects.toMatchObject({ code: 'BINNED_UNSUPPORTED' })
  })
})

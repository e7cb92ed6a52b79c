import { describe, expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { serialiseModel } from '../model/format.ts'
import type { AnyModel } from '../model/any-model.ts'
import { trainMulticlass } from '../model/other-tasks/train-multiclass.ts'
import { trainRegression } from '../model/other-tasks/train-regression.ts'
import { takeRows, type Table } from '../table.ts'
import { binTable } from './binned-table.ts'
import type { TrainingRows } from './training-rows.ts'

const algorithms = ['gradient_boosting', 'random_forest', 'extra_trees'] as const
type Algorithm = (typeof algorithms)[number]

/** Rows with what is known of each, and options under which much can go wrong. */
type Data = TrainingRows & { y: Float64Array; weights?: Float64Array }

const optionsOf = (algorithm: Algorithm): object =>
  algorithm === 'gradient_boosting'
    ? { nTrees: 6, rowShare: 0.7, columnShare: 0.6, patience: 4, nThreads: 2 }
    : { nTrees: 6, nThreads: 2 }

/** y is a number to be foretold, or the place of a class. */
const fits = {
  regression: (algorithm: Algorithm, data: Data, options = {}): Promise<AnyModel> =>
    trainRegression({ ...data, target: 't', algorithm, options: { ...optionsOf(algorithm), ...options } }),
  multiclass: (algorithm: Algorithm, { y, ...data }: Data, options = {}): Promise<AnyModel> =>
    trainMulticlass({
      ...data,
      y: Int32Array.from(y, (value) => value % 3),
      classes: ['a', 'b', 'c'],
      target: 't',
      algorithm,
      options: { ...optionsOf(algorithm), ...options },
    }),
}
type Task = keyof typeof fits

/** Whole numbers that have to do with the columns. */
const targets = (labels: Uint8Array): Float64Array => Float64Array.from(labels, (label, row) => 4 * label + (row % 7))
const pick = <Values extends Float64Array>(values: Values, rows: Int32Array): Float64Array =>
  Float64Array.from(rows, (row) => values[row])

/** A table whose rows, each twice, have the bins of all: few values, each of which stays frequent. */
function coarseTable(nRows: number): { table: Table; y: Float64Array } {
  const { table, y } = mixedTable(nRows)
  const columns = table.columns.map((column) =>
    column.kind === 'number' ? { ...column, values: column.values.map((value) => Math.floor(value / 25)) } : column,
  )
  return { table: { nRows, columns }, y: targets(y) }
}

const cases = (Object.keys(fits) as Task[]).flatMap((task) =>
  algorithms.map((algorithm): [Task, Algorithm] => [task, algorithm]),
)

describe.each(cases)('%s by %s on a binned table', (task, algorithm) => {
  const fit = (data: Data, options = {}): Promise<AnyModel> => fits[task](algorithm, data, options)
  const bytes = async (data: Data): Promise<Uint8Array> => serialiseModel(await fit(data))

  it('gives the bytes of a fit on the table itself', async () => {
    const { table, y: labels } = mixedTable(500)
    const y = targets(labels)
    const binned = await binTable(table, { nThreads: 2 })
    const expected = await bytes({ table, y })
    expect(await bytes({ binned, y })).toEqual(expected)
    const rows = Int32Array.from({ length: table.nRows }, (_, row) => row)
    expect(await bytes({ binned, rows, y })).toEqual(expected)
  })

  it('takes rows in any order and number as a table of them, where that has the same bins', async () => {
    const { table, y } = coarseTable(400)
    const rows = Int32Array.from({ length: 800 }, (_, i) => (i * 77) % 400)
    const alone = await bytes({ table: takeRows(table, rows), y: pick(y, rows) })
    expect(await bytes({ binned: await binTable(table), rows, y: pick(y, rows) })).toEqual(alone)
  })

  it('takes weights of the rows named, and leaves those of weight 0 out', async () => {
    const { table, y } = coarseTable(300)
    const binned = await binTable(table)
    const rows = Int32Array.from({ length: 600 }, (_, i) => (i * 77) % 300)
    const weights = Float64Array.from(rows, (_, i) => i % 4)
    const used = Int32Array.from(rows.keys()).filter((i) => weights[i] > 0)
    const kept = used.map((i) => rows[i])
    const without = await bytes({ binned, rows: kept, y: pick(y, kept), weights: pick(weights, used) })
    expect(await bytes({ binned, rows, y: pick(y, rows), weights })).toEqual(without)
    const other = await bytes({ binned, rows: kept, y: pick(y, kept) })
    expect(other).not.toEqual(without)
  })

  it('refuses rows that there are not, targets of other rows, other bins, and no rows', async () => {
    const { table, y: labels } = mixedTable(100)
    const y = targets(labels)
    const binned = await binTable(table)
    const refused = (data: Data, options = {}): Promise<unknown> => fit(data, options).catch((error: unknown) => error)
    expect(await refused({ binned, rows: Int32Array.of(0, 1, 100), y: y.subarray(0, 3) })).toMatchObject({
      code: 'ROW_UNKNOWN',
      message: 'The row named in place 2 is 100; the table has rows 0 to 99.',
    })
    expect(await refused({ binned, rows: Int32Array.of(0, 1), y })).toMatchObject({
      code: task === 'regression' ? 'TARGETS_INVALID' : 'LABELS_LENGTH_DIFFERS',
    })
    expect(await refused({ binned, y, weights: new Float64Array(99) })).toMatchObject({ code: 'WEIGHTS_INVALID' })
    expect(await refused({ binned, rows: new Int32Array(), y: new Float64Array() })).toMatchObject({
      code: 'TABLE_NO_ROWS',
    })
    expect(await refused({ binned, y }, { maxBins: 16 })).toMatchObject({
      message: 'Option maxBins is 16; allowed: 255, as the table was binned.',
    })
  })
})

describe('one binned table', () => {
  it('serves fits of all tasks and algorithms at the same time', async () => {
    const { table, y: labels } = mixedTable(500)
    const y = targets(labels)
    const binned = await binTable(table)
    const rows = Int32Array.from({ length: 300 }, (_, i) => 1 + ((i * 5) % 499))
    const data = { binned, rows, y: pick(y, rows) }
    const train = async ([task, algorithm]: [Task, Algorithm]): Promise<Uint8Array> =>
      serialiseModel(await fits[task](algorithm, data))
    const before = new Uint8Array(binned.bins).slice()
    const together = await Promise.all(cases.map(train))
    for (const [i, each] of cases.entries()) expect(together[i]).toEqual(await train(each))
    expect(new Uint8Array(binned.bins)).toEqual(before)
  })
})

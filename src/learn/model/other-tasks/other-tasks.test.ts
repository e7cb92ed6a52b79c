import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { mixedTable, rowOf } from '../../../../test/learning-tables.ts'
import { loadAnyModel, loadModel, serialiseModel } from '../format.ts'
import type { AnyModel } from '../any-model.ts'
import { trainModel } from '../train-model.ts'
import { trainMulticlass } from './train-multiclass.ts'
import { trainRegression } from './train-regression.ts'

const { table, y: labels } = mixedTable(900)
const amount = table.columns[0].kind === 'number' ? table.columns[0].values : new Float64Array()
const data = { table, target: 'paid', algorithm: 'gradient_boosting' as const }
const y = Float64Array.from(labels, (label, row) => 100 * label + Math.sqrt(amount[row]) + (row % 7))
const classes = ['approved', 'denied', 'part']
const codes = Int32Array.from(labels, (label, row) => (label ? 1 : row % 3 === 0 ? 2 : 0))

const train = {
  regression: (nThreads: number) => trainRegression({ ...data, y, options: { nTrees: 20, nThreads } }),
  multiclass: (nThreads: number) => trainMulticlass({ ...data, y: codes, classes, options: { nTrees: 8, nThreads } }),
}
const tasks = ['regression', 'multiclass'] as const
const hashes = {
  regression: '22ecf8cce9ba4b6a3317bea3fb53f419948d554661ec02405574d61e24eaccaf',
  multiclass: 'b2c69469acaf171f2d412ed11ec843e60f5a765dfcd31185aa85e6b3f51fb0a0',
}

describe.each(tasks)('a %s model', (task) => {
  let model: AnyModel
  let bytes: Uint8Array
  beforeAll(async () => {
    model = await train[task](1)
    bytes = serialiseModel(model)
  })

  it('says its task, and has the signature of the training rows', () => {
    expect(model).toMatchObject({ task, algorithm: 'gradient_boosting', signature: { target: 'paid' } })
    expect(model.signature.columns.map(({ name }) => name)).toEqual(table.columns.map(({ name }) => name))
    expect(model.describe()).toMatchObject({ task, nFeatures: 4 })
  })

  it('has the same bytes for 1, 2 and 7 threads', async () => {
    for (const nThreads of [2, 7]) expect(serialiseModel(await train[task](nThreads))).toEqual(bytes)
  })

  it('never changes its bytes: artifacts are named by their hash', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hashes[task])
  })

  it('comes back from its bytes: same scores, same signature, same bytes', () => {
    const loaded = loadAnyModel(bytes)
    expect(loaded.task).toBe(task)
    expect(loaded.predict(table)).toEqual(model.predict(table))
    expect(loaded.signature).toEqual(model.signature)
    expect(loaded.describe()).toEqual(model.describe())
    expect(serialiseModel(loaded)).toEqual(bytes)
  })

  it('is refused where scores of two classes are wanted', () => {
    expect(() => loadModel(bytes)).toThrow(
      expect.objectContaining({ code: 'MODEL_BYTES_INVALID', message: expect.stringContaining(`a ${task} model`) }),
    )
  })

  it('scores one row as it scores it in a table, bit for bit', () => {
    const scores = model.predict(table)
    const width = scores.length / table.nRows
    for (let row = 0; row < 100; row++) {
      expect([model.predictRow(rowOf(table, row))].flat()).toEqual([...scores.subarray(row * width, (row + 1) * width)])
    }
  })
})

describe('loadAnyModel', () => {
  it('reads a model of two classes, too', async () => {
    const input = { ...data, y: labels, positive: 'yes', options: { nTrees: 2, nThreads: 1 } }
    const model = await trainModel(input)
    expect(loadAnyModel(serialiseModel(model)).predict(table)).toEqual(model.predict(table))
  })
})

describe('trainRegression and trainMulticlass', () => {
  it('refuse an algorithm they do not have', async () => {
    const refusal = { code: 'ALGORITHM_UNKNOWN', message: expect.stringContaining('There is no algorithm magic') }
    const algorithm = 'magic' as 'gradient_boosting'
    await expect(trainRegression({ ...data, y, algorithm })).rejects.toMatchObject(refusal)
    await expect(trainMulticlass({ ...data, y: codes, classes, algorithm })).rejects.toMatchObject(refusal)
  })

  it('refuse targets that the loss cannot take, and name the first', async () => {
    const refused = (loss: 'squared' | 'poisson' | 'gamma', given: Float64Array): Promise<string> =>
      trainRegression({ ...data, y: given, options: { loss } }).then(
        () => 'nothing',
        (error: Error & { code: string }) => `${error.code} ${error.message}`,
      )
    expect(await refused('poisson', y.with(5, -1))).toMatch(
      /TARGETS_INVALID .*row 5 has -1\. Wanted numbers of at least 0 for the loss poisson/,
    )
    expect(await refused('gamma', y.with(7, 0))).toMatch(/row 7 has 0\. Wanted numbers above 0 for the loss gamma/)
    expect(await refused('squared', y.with(9, NaN))).toMatch(/row 9 has NaN\. Wanted finite numbers/)
    expect(await refused('squared', y.with(9, Infinity))).toMatch(/row 9 has Infinity\. Wanted finite numbers/)
    expect(await refused('squared', y.subarray(1))).toMatch(/there are 899 for 900 rows/)
    expect(await refused('poisson', new Float64Array(900))).toMatch(/all are 0\. Wanted some above 0/)
  })

  it('refuse classes that cannot be told apart', async () => {
    const refused = (y: Int32Array, names = classes): Promise<string> =>
      trainMulticlass({ ...data, y, classes: names }).then(
        () => 'nothing',
        (error: Error & { code: string }) => `${error.code} ${error.message}`,
      )
    expect(await refused(codes.with(4, 3))).toMatch(/CLASSES_INVALID .*row 4 is of class 3 of 3/)
    expect(await refused(codes, ['a'])).toMatch(/there are 1\. Wanted from 2 to 255/)
    expect(await refused(codes, ['a', 'b', 'a'])).toMatch(/"a" is there twice/)
    expect(await refused(codes, [...classes, 'withdrawn'])).toMatch(/no row is of class "withdrawn"/)
    expect(await refused(codes.subarray(1))).toMatch(/LABELS_LENGTH_DIFFERS/)
  })
})

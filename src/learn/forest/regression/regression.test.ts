import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../../../test/golden/forest/peer.json' with { type: 'json' }
import { peerFolds, peerMean, peerTable } from '../../../../test/forest-peer.ts'
import { mixedTable, rowOf } from '../../../../test/learning-tables.ts'
import type { AnyModel } from '../../model/any-model.ts'
import { loadAnyModel, serialiseModel } from '../../model/format.ts'
import { trainRegression } from '../../model/other-tasks/train-regression.ts'
import { takeRows } from '../../table.ts'
import { ForestRegressor } from './forest-regressor.ts'

const algorithms = ['random_forest', 'extra_trees'] as const
const { table, y: labels } = mixedTable(500)
const y = Float64Array.from(labels, (label, row) => 1e9 + 100 * label + (row % 7))
const number = Float64Array.from(golden.number)
const hashes = {
  random_forest: 'a9fc98e2bc567522844a8c6d0ed54e72ceb9ad743cc055ec66a197f2385abdf8',
  extra_trees: 'e74692bcaf7cded2527cbda1d8922a42431d91366d6c223966252b30760526da',
}

describe.each(algorithms)('%s for a number', (algorithm) => {
  let model: AnyModel
  const train = (nThreads: number, more = {}): Promise<AnyModel> =>
    trainRegression({ table, y, target: 'paid', algorithm, options: { nTrees: 10, nThreads }, ...more })
  beforeAll(async () => {
    model = await train(1)
  })

  it('has the same bytes for 1, 2 and 7 threads, and comes back from them', async () => {
    const bytes = serialiseModel(model)
    for (const nThreads of [2, 7]) expect(serialiseModel(await train(nThreads))).toEqual(bytes)
    const loaded = loadAnyModel(bytes)
    expect(loaded).toMatchObject({ task: 'regression', algorithm, signature: model.signature })
    expect(loaded.predict(table)).toEqual(model.predict(table))
    expect(loaded.describe()).toEqual(model.describe())
    expect(serialiseModel(loaded)).toEqual(bytes)
  })

  it('never changes its bytes: artifacts are named by their hash', () => {
    expect(createHash('sha256').update(serialiseModel(model)).digest('hex')).toBe(hashes[algorithm])
  })

  it('foretells a row as in a table, within the targets, large ones to their last digits', () => {
    const foretold = model.predict(table)
    expect(Math.min(...foretold)).toBeGreaterThanOrEqual(1e9)
    expect(Math.max(...foretold)).toBeLessThanOrEqual(1e9 + 106)
    expect(Math.max(...foretold) - Math.min(...foretold)).toBeGreaterThan(50)
    for (let row = 0; row < 50; row++) expect(model.predictRow(rowOf(table, row))).toBe(foretold[row])
  })

  it('leaves rows of weight 0 out', async () => {
    const used = Int32Array.from({ length: 250 }, (_, i) => 2 * i)
    const alone = { table: takeRows(table, used), y: Float64Array.from(used, (row) => y[row]) }
    const weights = Float64Array.from(y, (_, row) => (row % 2 === 0 ? 1 : 0))
    expect(serialiseModel(await train(1, { weights }))).toEqual(serialiseModel(await train(1, alone)))
  })

  it('refuses targets that are no numbers, and a body of other bytes', async () => {
    await expect(train(1, { y: y.with(3, NaN) })).rejects.toMatchObject({ code: 'TARGETS_INVALID' })
    await expect(train(1, { y: y.subarray(1) })).rejects.toMatchObject({ code: 'TARGETS_INVALID' })
    await expect(train(1, { options: { maxFeatures: 9 } })).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })

  it('is not worse than scikit-learn: the mean squared error over the folds is at most 2 % above', async () => {
    const peer = peerMean(algorithm === 'random_forest' ? golden.squaredError : golden.extraTreesSquaredError)
    let sum = 0
    for (const { train, test } of peerFolds) {
      const data = { table: takeRows(peerTable, train), y: Float64Array.from(train, (row) => number[row]) }
      const forest = await new ForestRegressor(algorithm, { nTrees: 500 }).fit(data)
      const foretold = forest.predict(takeRows(peerTable, test))
      sum += test.reduce((error, row, i) => error + (foretold[i] - number[row]) ** 2, 0) / test.length
    }
    expect(sum / peerFolds.length).toBeLessThan(1.02 * peer)
  })
})

import { expect, test } from 'vitest'
import { mixedTable, rowOf } from '../../../../test/learning-tables.ts'
import { serialiseModel, splitsOfFolds, stratifiedKFold, trainModel, type AlgorithmName } from '../../../learn/index.ts'
import { resolveProject } from '../../project/load-project.ts'
import type { JobContext } from '../job.ts'
import type { SplitSet } from '../learning-set.ts'
import { crossValidate } from './cross-validate.ts'
import { fit, pick, type FitSettings } from './fit.ts'
import { SharedBins } from './shared-bins.ts'

const context: JobContext = { log: () => {}, progress: () => {}, measure: () => {} }

/** Every fifth row is held out; there the amounts are beyond all others, and a level is that nowhere else is. */
function makeSet(): SplitSet {
  const { table, y } = mixedTable(1000)
  const isTest = (row: number) => row % 5 === 0
  const columns = table.columns.map((column) => {
    if (column.name === 'amount' && column.kind === 'number')
      return { ...column, values: column.values.map((value, row) => (isTest(row) ? 1e9 + row : value)) }
    if (column.name !== 'region' || column.kind !== 'category') return column
    const levels = [...column.levels, 'held out']
    return { ...column, levels, codes: column.codes.map((code, row) => (isTest(row) ? levels.length - 1 : code)) }
  })
  const rows = Int32Array.from({ length: 1000 }, (_, row) => row)
  return {
    table: { nRows: 1000, columns },
    y,
    target: 'y',
    positive: '1',
    ids: [...rows].map(String),
    rowNumbers: rows,
    groups: [],
    train: rows.filter((row) => !isTest(row)),
    test: rows.filter(isTest),
  }
}

const settings = async (options: object): Promise<FitSettings> => ({
  project: await resolveProject(
    {
      name: 'p',
      model: 'm',
      data: { kind: 'csv', path: 'x.csv' },
      target: 'y',
      training: { algorithms: ['gradient_boosting', 'logistic_regression'], options },
    },
    { folder: '/', file: 'assay.yaml' },
  ),
  nThreads: 1,
})

const small = { gradient_boosting: { nTrees: 10 } }

const foldsOf = (set: SplitSet) =>
  splitsOfFolds(stratifiedKFold(pick(set.y, set.train), 4, 0)).map(({ train, test }) => ({
    train: train.map((place) => set.train[place]),
    test: test.map((place) => set.train[place]),
  }))

test('the folds learn from one table of bins, which knows nothing of the hold-out', async () => {
  const set = makeSet()
  const shared = new SharedBins(await settings(small), set)
  const [a, b] = foldsOf(set)
  const [first, second] = [
    await shared.find('gradient_boosting', a.train),
    await shared.find('gradient_boosting', b.train),
  ]
  expect(first!.binned).toBe(second!.binned)
  expect(first!.binned.nRows).toBe(800)
  const [amount, , region] = first!.binned.preparation
  expect(amount).toMatchObject({ kind: 'number', max: expect.closeTo(1000, -2) })
  expect(region).toMatchObject({ levels: expect.not.arrayContaining(['held out']) })
})

test('algorithms with the same number of bins learn from one table, another number makes another', async () => {
  const set = makeSet()
  const given = await settings({})
  given.project.training.options = { extra_trees: { maxBins: 16 } }
  const shared = new SharedBins(given, set)
  const binnedFor = async (algorithm: AlgorithmName) => (await shared.find(algorithm, set.train))!.binned
  const boosting = await binnedFor('gradient_boosting')
  expect(await binnedFor('random_forest')).toBe(boosting)
  expect(await binnedFor('extra_trees')).not.toBe(boosting)
  expect([boosting.maxBins, (await binnedFor('extra_trees')).maxBins]).toEqual([255, 16])
})

test('a fold’s model is that of its rows and the shared bins', async () => {
  const set = makeSet()
  const given = await settings(small)
  const shared = new SharedBins(given, set)
  const [{ train }] = foldsOf(set)
  const model = await fit(given, set, { algorithm: 'gradient_boosting', rows: train, context, text: 'fold', shared })
  const rows = (await shared.find('gradient_boosting', train))!
  const expected = await trainModel({
    ...rows,
    y: pick(set.y, train),
    target: 'y',
    positive: '1',
    algorithm: 'gradient_boosting',
    options: { nTrees: 10, seed: 42, nThreads: 1 },
  })
  expect(serialiseModel(model)).toEqual(serialiseModel(expected))
})

test('scores over the folds are about those of folds that are binned each for itself', async () => {
  const set = makeSet()
  const given = await settings(small)
  const folds = foldsOf(set)
  const { scores, outOfFold } = await crossValidate(given, set, { folds, algorithm: 'gradient_boosting', context })
  const alone: number[] = []
  for (const { train, test } of folds) {
    const model = await fit(given, set, { algorithm: 'gradient_boosting', rows: train, context, text: 'fold' })
    for (const row of test) alone.push(model.predictRow(rowOf(set.table, row)))
  }
  expect(scores.cv.rocAuc.mean).toBeGreaterThan(0.75)
  const meanDifference = alone.reduce((sum, score, i) => sum + Math.abs(score - outOfFold.score[i]), 0) / alone.length
  expect(meanDifference).toBeLessThan(0.02)
})

test('rows of the hold-out are binned by themselves, and so are those of an algorithm without bins', async () => {
  const set = makeSet()
  const shared = new SharedBins(await settings(small), set)
  expect(await shared.find('gradient_boosting', Int32Array.of(1, 2, 0))).toBeUndefined()
  expect(await shared.find('logistic_regression', set.train)).toBeUndefined()
})

test('the final fit bins its own rows: its bytes are those of a table that was never shared', async () => {
  const set = makeSet()
  const given = await settings(small)
  await new SharedBins(given, set).find('gradient_boosting', set.train)
  const rows = set.train.filter((row) => row % 3 > 0)
  const model = await fit(given, set, { algorithm: 'gradient_boosting', rows, context, text: 'final fit' })
  const columns = set.table.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: Float64Array.from(rows, (row) => column.values[row]) }
      : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]) },
  )
  const expected = await trainModel({
    table: { nRows: rows.length, columns },
    y: pick(set.y, rows),
    target: 'y',
    positive: '1',
    algorithm: 'gradient_boosting',
    options: { nTrees: 10, seed: 42, nThreads: 1 },
  })
  expect(serialiseModel(model)).toEqual(serialiseModel(expected))
})

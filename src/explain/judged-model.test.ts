import { describe, expect, it } from 'vitest'
import {
  createRandom,
  gammaDevianceLoss,
  meanAbsoluteError,
  multiclassLogLoss,
  poissonDevianceLoss,
  rootMeanSquaredError,
  takeRows,
  trainingLossOf,
  trainMulticlass,
  trainRegression,
  tweedieDevianceLoss,
  type RegressionModel,
  type Table,
} from '../learn/index.ts'
import { permutationImportance } from './index.ts'

/** `strong` decides, `weak` nudges, `noise` has nothing to do with it. */
function makeTable(nRows: number, seed: number): { table: Table; sizes: Float64Array } {
  const random = createRandom(seed)
  const columns = ['noise', 'weak', 'strong'].map((name) => ({
    kind: 'number' as const,
    name,
    values: Float64Array.from({ length: nRows }, () => random.unit()),
  }))
  const [, weak, strong] = columns
  return { table: { nRows, columns }, sizes: strong.values.map((value, row) => 1 + 9 * value + weak.values[row]) }
}

const train = makeTable(600, 1)
const test = makeTable(300, 2)
const algorithms = ['gradient_boosting', 'random_forest', 'extra_trees'] as const
const options = { nTrees: 40, nThreads: 1 }
const fitNumber = (algorithm: (typeof algorithms)[number]): Promise<RegressionModel> =>
  trainRegression({ table: train.table, y: train.sizes, target: 'size', algorithm, options })

/** Fewer classes than sizes: small, middle, large. */
const classOf = (sizes: Float64Array): Int32Array => Int32Array.from(sizes, (size) => (size < 4 ? 0 : size < 8 ? 1 : 2))

/** The rows in another order in one column: the shuffling of the first repeat is as good as any. */
function withColumn(table: Table, f: number, order: Int32Array): Table {
  const columns = table.columns.map((column, c) => (c === f ? takeRows(table, order).columns[f] : column))
  return { ...table, columns }
}

describe('permutationImportance of a model of a number', () => {
  it.each(algorithms)(
    'puts the features of %s in the order of what they matter, in the unit of the target',
    async (algorithm) => {
      const model = await fitNumber(algorithm)
      const importances = await permutationImportance({ model, table: test.table, y: test.sizes })
      expect(importances.map(({ feature }) => feature)).toEqual(['strong', 'weak', 'noise'])
      // What is shuffled is as far from its own as two draws are: 9 / √6.
      expect(importances[0].mean).toBeGreaterThan(2)
      expect(importances[0].mean).toBeLessThan(9 / Math.sqrt(6))
      expect(Math.abs(importances[2].mean)).toBeLessThan(0.1)
    },
  )

  it('measures what the model was trained to lower', async () => {
    const { sizes } = test
    const predicted = sizes.map((size, row) => size * (row % 2 ? 0.9 : 1.2))
    const wanted = {
      squared: rootMeanSquaredError(sizes, predicted),
      absolute: meanAbsoluteError(sizes, predicted),
      poisson: poissonDevianceLoss(sizes, predicted),
      gamma: gammaDevianceLoss(sizes, predicted),
      tweedie: tweedieDevianceLoss(sizes, predicted, 1.3),
    }
    for (const loss of ['squared', 'absolute', 'poisson', 'gamma', 'tweedie'] as const) {
      const data = { table: train.table, y: train.sizes, target: 'size', algorithm: 'gradient_boosting' as const }
      const model = await trainRegression({ ...data, options: { nTrees: 3, nThreads: 1, loss, tweediePower: 1.3 } })
      expect(trainingLossOf(model)(sizes, predicted)).toBe(wanted[loss])
      const measured = await permutationImportance({ model, table: test.table, y: sizes, nRepeats: 2 })
      const metric = (y: Float64Array, foretold: Float64Array): number => -trainingLossOf(model)(y, foretold)
      expect(await permutationImportance({ model, table: test.table, y: sizes, nRepeats: 2, metric })).toEqual(measured)
      expect(measured[0]).toMatchObject({ feature: 'strong' })
      expect(measured[0].mean).toBeGreaterThan(0)
    }
    expect(trainingLossOf(await fitNumber('random_forest'))).toBe(rootMeanSquaredError)
  })

  it('takes a sample of no more rows than it may, with what came of them', async () => {
    const model = await fitNumber('random_forest')
    const seen: number[] = []
    const known = new Set(test.sizes)
    const metric = (y: Float64Array, foretold: Float64Array): number => {
      expect(foretold).toHaveLength(y.length)
      expect(y.every((value) => known.has(value))).toBe(true)
      seen.push(rootMeanSquaredError(y, foretold))
      return -seen.at(-1)!
    }
    const input = { model, table: test.table, y: test.sizes, metric, maxRows: 100, nRepeats: 2, seed: 4 }
    await permutationImportance(input)
    // Rows and targets still belong together: as good as on all rows.
    expect(seen[0]).toBeLessThan(1.5 * rootMeanSquaredError(test.sizes, model.predict(test.table)))
    const first = [...seen]
    seen.length = 0
    await permutationImportance(input)
    expect(seen).toEqual(first)
    await expect(permutationImportance({ ...input, y: test.sizes.subarray(1) })).rejects.toMatchObject({
      code: 'LABELS_LENGTH_DIFFERS',
    })
  })
})

describe('permutationImportance of a model of several classes', () => {
  it.each(algorithms)('is how much the log-loss of %s rises', async (algorithm) => {
    const data = { table: train.table, y: classOf(train.sizes), classes: ['s', 'm', 'l'], target: 'size' }
    const model = await trainMulticlass({ ...data, algorithm, options })
    const y = classOf(test.sizes)
    const importances = await permutationImportance({ model, table: test.table, y })
    expect(importances[0].feature).toBe('strong')
    const noise = importances.find(({ feature }) => feature === 'noise')!
    expect(importances[0].mean).toBeGreaterThan(10 * Math.abs(noise.mean))
    const order = Int32Array.from({ length: 300 }, (_, row) => (row * 77) % 300)
    const shuffled = multiclassLogLoss(y, model.predict(withColumn(test.table, 2, order)))
    const rise = shuffled - multiclassLogLoss(y, model.predict(test.table))
    expect(importances[0].mean / rise).toBeGreaterThan(0.7)
    expect(importances[0].mean / rise).toBeLessThan(1.4)
  })
})

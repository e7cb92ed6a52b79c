import { describe, expect, it } from 'vitest'
import { CalibratedModel } from '../calibration/calibrated-model.ts'
import { trainMulticlass } from '../model/other-tasks/train-multiclass.ts'
import { trainRegression } from '../model/other-tasks/train-regression.ts'
import { trainModel } from '../model/train-model.ts'
import { createRandom } from '../random.ts'
import type { Table } from '../table.ts'
import { treeEnsembleOf } from './ensemble.ts'
import { TreeEvaluator } from './evaluator.ts'

const random = createRandom(3)
const values = Float64Array.from({ length: 200 }, () => random.unit())
const table: Table = { nRows: 200, columns: [{ kind: 'number', name: 'x', values }] }
const y = Uint8Array.from(values, (value) => (value + 0.2 * random.unit() > 0.6 ? 1 : 0))
const rows = { table, y, target: 'y', positive: '1' }

/** What the ensemble says the raw scores are. */
function rawScores(model: Parameters<typeof treeEnsembleOf>[0], k = 0): Float64Array {
  const { preparation, trees, baseScore, scale } = treeEnsembleOf(model, k)!
  return new TreeEvaluator(preparation, trees).sums(table).map((sum) => baseScore + scale * sum)
}

describe('treeEnsembleOf', () => {
  it('gives the log-odds of boosted trees', async () => {
    const model = await trainModel({ ...rows, algorithm: 'gradient_boosting', options: { nTrees: 5, nThreads: 1 } })
    expect(treeEnsembleOf(model)!.unit).toBe('logOdds')
    expect(rawScores(model).map((raw) => 1 / (1 + Math.exp(-raw)))).toEqual(model.predict(table))
  })

  it.each(['random_forest', 'extra_trees'] as const)('gives the probability of a forest: %s', async (algorithm) => {
    const model = await trainModel({ ...rows, algorithm, options: { nTrees: 7, nThreads: 1 } })
    expect(treeEnsembleOf(model)!.unit).toBe('probability')
    const scores = model.predict(table)
    // Multiplied by 1 / 7 here, divided by 7 there.
    rawScores(model).forEach((raw, row) => expect(Math.abs(raw - scores[row])).toBeLessThan(1e-15))
  })

  it('gives a number foretold, or its logarithm', async () => {
    const y = values.map((value) => 1 + 10 * value)
    const train = (algorithm: 'gradient_boosting' | 'random_forest', options = {}) =>
      trainRegression({ table, y, target: 'y', algorithm, options: { nTrees: 5, nThreads: 1, ...options } })
    const mean = await train('gradient_boosting')
    expect(treeEnsembleOf(mean)!.unit).toBe('target')
    expect(rawScores(mean)).toEqual(mean.predict(table))
    const gamma = await train('gradient_boosting', { loss: 'gamma' })
    expect(treeEnsembleOf(gamma)!.unit).toBe('logTarget')
    expect(rawScores(gamma).map(Math.exp)).toEqual(gamma.predict(table))
    const forest = await train('random_forest')
    expect(treeEnsembleOf(forest)!.unit).toBe('target')
    const foretold = forest.predict(table)
    rawScores(forest).forEach((raw, row) => expect(raw).toBeCloseTo(foretold[row], 12))
  })

  it.each(['gradient_boosting', 'extra_trees'] as const)('gives each class its own score: %s', async (algorithm) => {
    const y = Int32Array.from(values, (value) => Math.floor(3 * value))
    const classes = ['a', 'b', 'c']
    const data = { table, y, classes, target: 'y', algorithm }
    const model = await trainMulticlass({ ...data, options: { nTrees: 5, nThreads: 1 } })
    const isBoosting = algorithm === 'gradient_boosting'
    expect(treeEnsembleOf(model, 2)!.unit).toBe(isBoosting ? 'softmaxScore' : 'probability')
    const raws = classes.map((_, k) => rawScores(model, k))
    const parts = raws.map((raw) => raw.map((score) => (isBoosting ? Math.exp(score) : score)))
    const scores = model.predict(table)
    for (let row = 0; row < table.nRows; row++) {
      const total = parts.reduce((sum, part) => sum + part[row], 0)
      parts.forEach((part, k) => expect(part[row] / total).toBeCloseTo(scores[3 * row + k], 12))
    }
  })

  it('gives nothing for other models', async () => {
    const model = await trainModel({ ...rows, algorithm: 'logistic_regression', options: {} })
    expect(treeEnsembleOf(model)).toBeUndefined()
    expect(
      treeEnsembleOf(new CalibratedModel(model, { kind: 'platt', slope: 1, intercept: 0, nRows: 9 })),
    ).toBeUndefined()
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { mixedTable } from '../../test/learning-tables.ts'
import {
  takeRows,
  trainModel,
  trainMulticlass,
  trainRegression,
  treeEnsembleOf,
  type AnyModel,
  type MulticlassModel,
  type RegressionModel,
  type TreeEnsemble,
} from '../learn/index.ts'
import { createExplainer, explanationMethod, scoreOfRaw } from './index.ts'
import { bruteShapley, interventionalGame, pathDependentGame } from './testing/brute-shapley.ts'
import { distance } from './testing/distance.ts'
import { slowBins, slowTrees } from './testing/slow-trees.ts'
import { slowValues } from './testing/slow-values.ts'

const { table, y: labels } = mixedTable(300, 5)
const rows = takeRows(table, Int32Array.of(3, 50, 120, 121, 200))
const background = takeRows(table, Int32Array.of(1, 2, 4, 8, 16, 32))
const options = { nTrees: 6, nThreads: 1 }
const y = Float64Array.from(labels, (label, row) => 50 * label + (row % 11) + 1)
const classes = ['approved', 'denied', 'part']
const codes = Int32Array.from(labels, (label, row) => (label ? 1 : row % 3 === 0 ? 2 : 0))
const boosting = { algorithm: 'gradient_boosting' as const }
const target = { table, target: 't' }

const regressions = {
  'boosting of the mean': () => trainRegression({ ...target, y, ...boosting, options }),
  'boosting of the median': () =>
    trainRegression({ ...target, y, ...boosting, options: { ...options, loss: 'absolute' } }),
  'boosting on the Poisson loss': () =>
    trainRegression({ ...target, y, ...boosting, options: { ...options, loss: 'poisson' } }),
  'boosting on the Tweedie loss': () =>
    trainRegression({ ...target, y, ...boosting, options: { ...options, loss: 'tweedie' } }),
  'a random forest': () => trainRegression({ ...target, y, algorithm: 'random_forest', options }),
  'extra trees': () => trainRegression({ ...target, y, algorithm: 'extra_trees', options }),
}
const multiclass = (algorithm: 'gradient_boosting' | 'random_forest' | 'extra_trees'): Promise<MulticlassModel> =>
  trainMulticlass({ ...target, y: codes, classes, algorithm, options })

/** Shapley values by their definition, over all sets of known features. */
function byDefinition(ensemble: TreeEnsemble, others?: typeof table): number[] {
  const binsOf = (given: typeof table): number[][] =>
    Array.from({ length: given.nRows }, (_, row) => slowBins(ensemble.preparation, given, row))
  const n = ensemble.preparation.length
  const backgroundBins = others && binsOf(others)
  const trees = slowTrees(ensemble)
  return binsOf(rows).flatMap((bins) => {
    const perTree = trees.map((tree) =>
      bruteShapley(backgroundBins ? interventionalGame(tree, bins, backgroundBins) : pathDependentGame(tree, bins), n),
    )
    return Array.from({ length: n }, (_, f) => perTree.reduce((sum, phi) => sum + phi[f], 0))
  })
}

/** Holds an explanation against the definition and the slow algorithm, in both ways. @returns its raw scores */
function checkExplanations(model: AnyModel, className?: string): Float64Array {
  const k = model.task === 'multiclass' ? model.classes.indexOf(className!) : 0
  const ensemble = treeEnsembleOf(model, k)!
  for (const others of [undefined, background]) {
    const explanation = createExplainer(model, { background: others, class: className }).explain(rows)
    const { unit, baseValue, values, raw, features } = explanation
    expect(unit).toBe(ensemble.unit)
    const size = Math.max(1, ...raw.map(Math.abs))
    expect(distance(values, byDefinition(ensemble, others))).toBeLessThan(1e-10 * size)
    expect(distance(values, slowValues(ensemble, rows, others))).toBeLessThan(1e-10 * size)
    for (let row = 0; row < rows.nRows; row++) {
      const contributions = values.subarray(row * features.length, (row + 1) * features.length)
      const sum = contributions.reduce((total, value) => total + value, baseValue)
      expect(Math.abs(sum - raw[row])).toBeLessThan(1e-9 * size)
    }
    expect(values.some((value) => value !== 0)).toBe(true)
  }
  return createExplainer(model, { class: className }).explain(rows).raw
}

describe.each(Object.entries(regressions))('contributions to a number foretold by %s', (name, train) => {
  let model: RegressionModel
  beforeAll(async () => {
    model = await train()
  })

  it('are Shapley values that add up to it, or to its logarithm', () => {
    const raw = checkExplanations(model)
    const { unit } = treeEnsembleOf(model)!
    expect(unit).toBe(name.includes('loss') ? 'logTarget' : 'target')
    const foretold = model.predict(rows)
    raw.forEach((score, row) => {
      expect(Math.abs(scoreOfRaw(model, unit, score) / foretold[row] - 1)).toBeLessThan(1e-14)
    })
  })

  it('are the same in batches, and take no class', async () => {
    const explainer = createExplainer(model)
    expect(await explainer.explainInBatches(rows)).toEqual(explainer.explain(rows))
    expect(explanationMethod(model)).toBe('tree-path-dependent')
    expect(() => createExplainer(model, { class: 'approved' })).toThrow(
      expect.objectContaining({
        code: 'CLASS_UNKNOWN',
        message: expect.stringContaining('"approved" was named for a model without several classes. Wanted none'),
      }),
    )
  })
})

describe('contributions to classes', () => {
  it('are those of the score before the softmax for boosting, class by class', async () => {
    const model = await multiclass('gradient_boosting')
    const raws = classes.map((name) => checkExplanations(model, name))
    const scores = model.predict(rows)
    for (let row = 0; row < rows.nRows; row++) {
      const parts = raws.map((raw) => Math.exp(raw[row]))
      const total = parts.reduce((sum, part) => sum + part)
      parts.forEach((part, k) => expect(part / total).toBeCloseTo(scores[3 * row + k], 12))
      expect(scoreOfRaw(model, 'softmaxScore', raws[0][row])).toBeNaN()
    }
    expect(treeEnsembleOf(model, 1)!.unit).toBe('softmaxScore')
  })

  it.each(['random_forest', 'extra_trees'] as const)(
    'are those of its probability for %s, and cancel out over the classes',
    async (algorithm) => {
      const model = await multiclass(algorithm)
      const raws = classes.map((name) => checkExplanations(model, name))
      const scores = model.predict(rows)
      // Leaves are float32.
      raws.forEach((raw, k) => raw.forEach((score, row) => expect(score).toBeCloseTo(scores[3 * row + k], 6)))
      const explanations = classes.map((name) => createExplainer(model, { class: name }).explain(rows))
      expect(explanations.reduce((sum, { baseValue }) => sum + baseValue, 0)).toBeCloseTo(1, 6)
      for (const at of explanations[0].values.keys()) {
        expect(explanations.reduce((sum, { values }) => sum + values[at], 0)).toBeCloseTo(0, 6)
      }
      expect(explanations[0].unit).toBe('probability')
    },
  )

  it('want a class that there is', async () => {
    const model = await multiclass('random_forest')
    const refusal = (reason: string): unknown =>
      expect.objectContaining({ code: 'CLASS_UNKNOWN', message: expect.stringContaining(reason) as string })
    const wanted = 'Wanted one of approved, denied, part'
    expect(() => createExplainer(model)).toThrow(refusal(`none was named. ${wanted}`))
    expect(() => createExplainer(model, { class: 'lost' })).toThrow(refusal(`there is no "lost". ${wanted}`))
    const binary = await trainModel({ ...target, y: labels, positive: '1', algorithm: 'random_forest', options })
    expect(() => createExplainer(binary, { class: '1' })).toThrow(refusal('"1" was named'))
  })
})

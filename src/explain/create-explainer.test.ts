import { beforeAll, describe, expect, it } from 'vitest'
import { mixedTable } from '../../test/learning-tables.ts'
import {
  algorithmNames,
  CalibratedModel,
  takeRows,
  trainModel,
  type AlgorithmName,
  type Model,
  type TrainInput,
} from '../learn/index.ts'
import { backgroundMeans, createExplainer, explanationMethod } from './create-explainer.ts'

const { table, y } = mixedTable(200, 5)
const rows = takeRows(table, Int32Array.of(3, 50, 120))
const background = takeRows(table, Int32Array.of(1, 2, 4, 8, 16, 32))
const models: Partial<Record<AlgorithmName, Model>> = {}

beforeAll(async () => {
  const data = { table, y, target: 'y', positive: '1' }
  for (const algorithm of algorithmNames) {
    const options = algorithm === 'logistic_regression' ? {} : { nTrees: 6, nThreads: 1 }
    models[algorithm] = await trainModel({ ...data, algorithm, options } as TrainInput)
  }
})

const coded = (code: string): unknown => expect.objectContaining({ code })

describe('createExplainer', () => {
  it.each(algorithmNames)('explains the raw score of %s, whose probability is the score', async (algorithm) => {
    const model = models[algorithm]!
    const explainer = createExplainer(model, { background })
    const explanation = explainer.explain(rows)
    const { unit, raw } = explanation
    const scores = raw.map((value) => (unit === 'probability' ? value : 1 / (1 + Math.exp(-value))))
    const wanted = [...model.predict(rows)].map((score): unknown => expect.closeTo(score, 9))
    expect([...scores]).toEqual(wanted)
    expect(explanation.features).toEqual(model.signature.columns.map(({ name }) => name))
    expect(await explainer.explainInBatches(rows)).toEqual(explanation)
  })

  it.each(algorithmNames)('explains a calibrated %s by its inner model', (algorithm) => {
    const model = models[algorithm]!
    const calibrated = new CalibratedModel(model, { kind: 'platt', slope: 2, intercept: 1, nRows: 200 })
    const given = createExplainer(calibrated, { background }).explain(rows)
    expect(given).toEqual(createExplainer(model, { background }).explain(rows))
    expect(explanationMethod(calibrated)).toBe(explanationMethod(model))
  })

  it('says how it explains', () => {
    expect(explanationMethod(models.random_forest!)).toBe('tree-path-dependent')
    expect(explanationMethod(models.gradient_boosting!, { background })).toBe('tree-interventional')
    expect(explanationMethod(models.logistic_regression!, { background })).toBe('linear')
  })

  it('keeps of a background what single rows need later', () => {
    const means = backgroundMeans(models.logistic_regression!, background)
    const fromMeans = createExplainer(models.logistic_regression!, { means })
    const fromRows = createExplainer(models.logistic_regression!, { background })
    expect(fromMeans.explain(rows)).toEqual(fromRows.explain(rows))
    expect(backgroundMeans(models.random_forest!, background)).toBeUndefined()
  })

  it('stops when it is told to', async () => {
    for (const algorithm of algorithmNames) {
      const running = createExplainer(models[algorithm]!, { background }).explainInBatches(rows, {
        signal: AbortSignal.abort(),
      })
      await expect(running).rejects.toMatchObject({ code: 'EXPLANATION_CANCELLED' })
    }
  })

  it('refuses a linear model without a background, and a model that it cannot look into', () => {
    expect(() => createExplainer(models.logistic_regression!)).toThrow(coded('BACKGROUND_MISSING'))
    const opaque = { ...models.random_forest!, algorithm: 'onnx' } as Model
    expect(() => createExplainer(opaque)).toThrow(coded('EXPLANATION_UNSUPPORTED'))
    expect(explanationMethod(opaque)).toBeUndefined()
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  claimsInputs,
  claimsTable,
  createServingFixture,
  MODEL,
  shadow,
  type ServingFixture,
} from '../../test/serving.ts'
import { backgroundMeans } from '../explain/index.ts'
import { CalibratedModel, serialiseModel, trainModel, type Model } from '../learn/index.ts'
import { withTransaction } from '../platform/index.ts'
import { subjectOwner } from '../privacy/index.ts'
import { registerVersion } from '../registry/index.ts'
import { createPredictionExplainer, type PredictionExplainer } from './explain-prediction.ts'
import { createPredictionIds } from './prediction-id.ts'
import type { Serving } from './serving.ts'

const LINEAR = 'linear'

let fixture: ServingFixture
let serving: Serving
let version: string
let means: number[]
let explainer: PredictionExplainer
const inputs = [...claimsInputs(20), { amount: 800, age: null, provider: 'a kind never seen' }]

beforeAll(async () => {
  fixture = await createServingFixture()
  version = await fixture.addVersion({ seed: 1 })
  await fixture.promote(version)
  await fixture.deploy([shadow(await fixture.addVersion({ seed: 2 }))])
  const table = claimsTable(300, 4)
  const amounts = table.columns[0].kind === 'number' ? table.columns[0].values : []
  const y = Uint8Array.from(amounts, (amount) => (amount > 600 ? 1 : 0))
  const data = { table, y, target: 'outcome', positive: 'denied' }
  const inner = await trainModel({ ...data, algorithm: 'logistic_regression' })
  means = backgroundMeans(inner, table)!
  await addLinear(new CalibratedModel(inner, { kind: 'platt', slope: 0.7, intercept: 0.2, nRows: 300 }))
  serving = await fixture.serve()
  explainer = createPredictionExplainer({ ...parts(), meansOf: async ({ model }) => (model === LINEAR ? means : null) })
})
afterAll(() => fixture.close())

const parts = () => ({ artifacts: fixture.artifacts, keys: fixture.keys.data })

async function addLinear(model: Model): Promise<void> {
  const { sha256, sizeBytes } = await fixture.artifacts.put(serialiseModel(model))
  const registered = await withTransaction(fixture.db, (tx) =>
    registerVersion(tx, {
      model: LINEAR,
      artifact: sha256,
      sizeBytes,
      algorithm: model.algorithm,
      signature: model.signature,
      metrics: {},
      threshold: 0.5,
      datasetVersion: 'd'.repeat(64),
      runId: null,
      pipelineRunId: null,
      cv: {},
      importance: [],
      fairness: [],
      createdBy: 'local',
    }),
  )
  await fixture.promote(registered.version, LINEAR)
}

const ask = async (given: unknown, model = MODEL, subject?: string) =>
  (await serving.predict({ model, inputs: given, actor: 'local', ...(subject ? { subject } : {}) })).predictions

test('a forest’s contributions lead from the base value to the score that was answered, for every claim', async () => {
  for (const [row, { id, score }] of (await ask(inputs)).entries()) {
    const explained = await explainer.explain(fixture.db, id)
    if (explained.erased) throw new Error('nothing was erased')
    expect(explained).toMatchObject({ predictionId: id, model: MODEL, version, unit: 'probability', score })
    const sum = explained.contributions.reduce((total, { contribution }) => total + contribution, explained.baseValue)
    expect(Math.abs(sum - score)).toBeLessThan(1e-9)
    const sizes = explained.contributions.map(({ contribution }) => Math.abs(contribution))
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a))
    const values = Object.fromEntries(explained.contributions.map(({ feature, value }) => [feature, value]))
    expect(values).toEqual(inputs[row])
  }
})

test('a calibrated linear model is explained in log-odds before calibration, against the means that were kept', async () => {
  const [{ id, score }] = await ask(inputs[3], LINEAR)
  const explained = await explainer.explain(fixture.db, id)
  if (explained.erased) throw new Error('nothing was erased')
  expect(explained.unit).toBe('logOdds')
  const sum = explained.contributions.reduce((total, { contribution }) => total + contribution, explained.baseValue)
  expect(Math.abs(sum - explained.raw)).toBeLessThan(1e-9)
  const inner = 1 / (1 + Math.exp(-explained.raw))
  expect(inner).not.toBeCloseTo(score, 3)
  expect(Math.sign(explained.raw)).toBe(inner > 0.5 ? 1 : -1)
  const [largest] = explained.contributions
  expect(largest).toMatchObject({ feature: 'amount', value: inputs[3].amount })
})

test('a shadow is explained by the version that it is, from the input of what it mirrors', async () => {
  const [{ id }] = await ask(inputs[0])
  await serving.drainShadow()
  const { rows } = await fixture.db.$client.query('select id, version from predictions where mirrors = $1', [id])
  const [ofShadow, ofChampion] = [
    await explainer.explain(fixture.db, rows[0].id),
    await explainer.explain(fixture.db, id),
  ]
  expect(ofShadow).toMatchObject({ predictionId: rows[0].id, version: rows[0].version })
  expect(ofShadow).not.toMatchObject({ baseValue: (ofChampion as { baseValue: number }).baseValue })
})

test('after its subject was erased nothing is left to explain from', async () => {
  const [{ id, score }] = await ask(inputs[0], MODEL, 'MEMBER-9')
  expect(await explainer.explain(fixture.db, id)).toMatchObject({ erased: false })
  await fixture.keys.data.destroy([subjectOwner('MEMBER-9')])
  expect(await explainer.explain(fixture.db, id)).toEqual({
    predictionId: id,
    erased: true,
    model: MODEL,
    version,
    score,
  })
})

test('a score in the log that its explanation does not lead to is not explained', async () => {
  const [{ id, score }] = await ask(inputs[0])
  await fixture.db.$client.query('update predictions set score = $2 where id = $1', [id, score > 0.5 ? 0.1 : 0.9])
  await expect(explainer.explain(fixture.db, id)).rejects.toMatchObject({ code: 'EXPLANATION_SCORE_DIFFERS' })
})

test('what was never predicted is not found, and what failed has nothing to explain', async () => {
  for (const id of ['claim-1', createPredictionIds(Date.now)().id])
    await expect(explainer.explain(fixture.db, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const [{ id }] = await ask(inputs[0])
  await serving.drainShadow()
  const { rows } = await fixture.db.$client.query(
    `update predictions set score = null, decision = null, error = 'it broke' where mirrors = $1 returning id`,
    [id],
  )
  await expect(explainer.explain(fixture.db, rows[0].id)).rejects.toMatchObject({
    code: 'PREDICTION_UNEXPLAINED',
    message: `Prediction ${rows[0].id} cannot be explained: it broke`,
  })
})

test('a version’s file is read once for many predictions, and again after it could not be', async () => {
  const predictions = await ask(inputs.slice(0, 5))
  let nReads = 0
  const artifacts = {
    get: async (digest: string) => {
      if (++nReads === 1) throw new Error('the disk is away')
      return fixture.artifacts.get(digest)
    },
  }
  const counting = createPredictionExplainer({ ...parts(), artifacts, meansOf: async () => null })
  await expect(counting.explain(fixture.db, predictions[0].id)).rejects.toThrow('the disk is away')
  await Promise.all(predictions.map(({ id }) => counting.explain(fixture.db, id)))
  expect(nReads).toBe(2)
})

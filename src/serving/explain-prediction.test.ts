import fs from 'node:fs'
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
import { CalibratedModel, loadModel, serialiseModel, trainModel, type Model } from '../learn/index.ts'
import { withTransaction } from '../platform/index.ts'
import { subjectOwner } from '../privacy/index.ts'
import { getVersion, registerVersion } from '../registry/index.ts'
import { AnsweringThread } from '../threads/index.ts'
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
  explainer = createPredictionExplainer({ ...parts(), meansOf: async () => means })
})
afterAll(async () => {
  for (const each of [explainer, ...others]) await each.close()
  await fixture.close()
})

const parts = () => ({ artifactDir: fixture.directory, keys: fixture.keys.data, meansOf: async () => null })
const others: PredictionExplainer[] = []

/** An explainer with a thread of its own. */
function another(more: Partial<Parameters<typeof createPredictionExplainer>[0]> = {}): PredictionExplainer {
  const made = createPredictionExplainer({ ...parts(), ...more })
  others.push(made)
  return made
}

const addLinear = async (model: Model) => fixture.promote(await register(LINEAR, serialiseModel(model), model), LINEAR)

/** A version whose file has these bytes. */
async function register(name: string, bytes: Uint8Array, { algorithm, signature }: Model): Promise<string> {
  const { sha256, sizeBytes } = await fixture.artifacts.put(bytes)
  const registered = await withTransaction(fixture.db, (tx) =>
    registerVersion(tx, {
      model: name,
      artifact: sha256,
      sizeBytes,
      algorithm,
      signature,
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
  return registered.version
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

/** Predictions in the log, each said to be of another version, which it is explained by; scores are those versions'. */
async function predictionsOf(versions: string[]): Promise<string[]> {
  const predictions = await ask(inputs.slice(0, versions.length))
  for (const [at, { id }] of predictions.entries()) {
    const { artifact } = await getVersion(fixture.db, MODEL, versions[at])
    const score = loadModel(await fixture.artifacts.get(artifact)).predictRow(inputs[at])
    await fixture.db.$client.query('update predictions set version = $2, score = $3 where id = $1', [
      id,
      versions[at],
      score,
    ])
  }
  return predictions.map(({ id }) => id)
}

const addVersions = async (seeds: number[]) => {
  const versions = []
  for (const seed of seeds) versions.push(await fixture.addVersion({ seed }))
  return versions
}

/** Puts the files of versions out of the way, until what it gives is called. */
async function hideFiles(versions: string[]): Promise<() => void> {
  const artifacts = await Promise.all(versions.map((each) => getVersion(fixture.db, MODEL, each)))
  const files = artifacts.map(({ artifact }) => fixture.artifacts.path(artifact))
  for (const file of files) fs.renameSync(file, `${file}.away`)
  return () => files.forEach((file) => fs.renameSync(`${file}.away`, file))
}

test('a version’s file is read once for many predictions, and again after it could not be', async () => {
  const predictions = await ask(inputs.slice(0, 5))
  const fresh = another()
  const bringBack = await hideFiles([version])
  await expect(fresh.explain(fixture.db, predictions[0].id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  bringBack()
  await fresh.explain(fixture.db, predictions[0].id)
  const bringBackAgain = await hideFiles([version])
  await Promise.all(predictions.map(({ id }) => fresh.explain(fixture.db, id)))
  bringBackAgain()
})

test('four versions are kept in memory; of a fifth the one that was not asked for longest goes', async () => {
  const versions = await addVersions([11, 12, 13, 14, 15])
  const ids = await predictionsOf(versions)
  const fresh = another()
  const [first, second, third, fourth, fifth] = ids
  for (const id of [first, second, third, fourth, first, fifth]) await fresh.explain(fixture.db, id)
  const bringBack = await hideFiles(versions)
  await expect(fresh.explain(fixture.db, second)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  for (const [at, id] of ids.entries())
    if (id !== second) expect(await fresh.explain(fixture.db, id)).toMatchObject({ version: versions[at] })
  bringBack()
})

test('versions that are asked for at the same time are each explained by their own file', async () => {
  const versions = await addVersions([21, 22])
  const ids = await predictionsOf(Array.from({ length: 12 }, (_, i) => versions[i % 2]))
  const fresh = another()
  const together = await Promise.all(ids.map((id) => fresh.explain(fixture.db, id)))
  const apart = [another(), another()]
  for (const [at, id] of ids.entries()) expect(together[at]).toEqual(await apart[at % 2].explain(fixture.db, id))
  expect(new Set(together.map((each) => !each.erased && each.baseValue)).size).toBe(2)
})

test('a file that is no model, or not what was stored, is refused by itself', async () => {
  const [whole, altered] = await addVersions([31, 32])
  const ofWhole = loadModel(await fixture.artifacts.get((await getVersion(fixture.db, MODEL, whole)).artifact))
  const ids = await predictionsOf([whole, altered, whole])
  const noModel = await register(MODEL, new TextEncoder().encode('not a model'), ofWhole)
  await fixture.db.$client.query('update predictions set version = $2 where id = $1', [ids[2], noModel])
  const { artifact } = await getVersion(fixture.db, MODEL, altered)
  fs.writeFileSync(fixture.artifacts.path(artifact), 'altered')
  const fresh = another()
  const asked = await Promise.allSettled(ids.map((id) => fresh.explain(fixture.db, id)))
  expect(asked).toMatchObject([
    { value: { version: whole } },
    { reason: { code: 'ARTIFACT_CORRUPT', details: { sha256: artifact } } },
    { reason: { code: 'MODEL_BYTES_INVALID' } },
  ])
})

test('a linear model whose means are nowhere is not explained; those of trees are not asked for', async () => {
  const [[{ id: linear }], [{ id: tree }]] = [await ask(inputs[3], LINEAR), await ask(inputs[3])]
  const asked: string[] = []
  const fresh = another({
    meansOf: async ({ model }) => {
      asked.push(model)
      return null
    },
  })
  expect(await fresh.explain(fixture.db, tree)).toMatchObject({ model: MODEL })
  await expect(fresh.explain(fixture.db, linear)).rejects.toMatchObject({ code: 'BACKGROUND_MISSING' })
  expect(asked).toEqual([LINEAR])
})

test('who goes while others are explained is not waited for', async () => {
  const [{ id }, { id: next }] = await ask(inputs.slice(0, 2))
  const fresh = another()
  const signal = AbortSignal.abort(new Error('the caller went'))
  const asked = [fresh.explain(fixture.db, id, { signal }), fresh.explain(fixture.db, next)]
  await expect(asked[0]).rejects.toThrow('the caller went')
  expect(await asked[1]).toMatchObject({ predictionId: next })
})

test('a thread that dies takes one explanation with it; more than may wait are refused; after the end there are none', async () => {
  const gate = new Int32Array(new SharedArrayBuffer(4))
  const module = new URL('./explain-answers.fixture.ts', import.meta.url)
  const fresh = another({ thread: new AnsweringThread({ module, input: () => gate, maxWaiting: 0 }) })
  const [{ id }, { id: other }] = await ask(inputs.slice(0, 2))
  const asked = [id, other].map((each) => fresh.explain(fixture.db, each))
  const seen = Promise.allSettled(asked)
  await expect(Promise.race(asked)).rejects.toMatchObject({ code: 'EXPLAINER_BUSY', details: { nWaiting: 0 } })
  Atomics.store(gate, 0, 1)
  Atomics.notify(gate, 0)
  const codes = ((await seen) as PromiseRejectedResult[]).map(({ reason }) => reason.code)
  expect(codes.toSorted()).toEqual(['EXPLAINER_BUSY', 'EXPLAINER_DIED'])
  await expect(fresh.explain(fixture.db, id)).rejects.toMatchObject({
    code: 'EXPLAINER_DIED',
    message: 'The explanation was not given: The thread ended (exit code 7). Others are given by a new thread.',
  })
  await fresh.close()
  await expect(fresh.explain(fixture.db, id)).rejects.toMatchObject({ code: 'EXPLAINER_CLOSED' })
})

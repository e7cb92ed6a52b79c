import { once } from 'node:events'
import fs from 'node:fs'
import path from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { createTestApp, type TestApp } from '../../../test/app.ts'
import { claimsInputs, createServingFixture, MODEL, type ServingFixture } from '../../../test/serving.ts'
import {
  formatContract,
  hashDataset,
  recordContract,
  recordDatasetVersion,
  recordErasedVersion,
  writeDataset,
  type DataColumns,
} from '../../data/index.ts'
import { withTransaction } from '../../platform/index.ts'
import { findExplanation, forgetExplanation } from '../../registry/index.ts'
import type { Serving } from '../../serving/index.ts'
import type { ExplainInput } from '../jobs/explain.ts'
import { explanationRoutes } from './routes.ts'
import { createVersionExplanations } from './version-explanations.ts'

/** The job runs in a process of its own, on whatever machine this is. */
vi.setConfig({ testTimeout: 120_000 })

const RUN = '0190f5a0-0000-7000-8000-000000000001'
const project = {
  name: 'claims',
  model: MODEL,
  data: { kind: 'csv', path: 'claims.csv' },
  target: 'outcome',
  training: { split: 'random', testShare: 0.25 },
}

let fixture: ServingFixture
let http: TestApp
let viewer: { authorization: string }
let nobody: { authorization: string }
let version: string
let serving: Serving
let datasetVersion: string
let predictionId: string
let nJobs = 0

beforeAll(async () => {
  fixture = await createServingFixture()
  const { db, artifacts, directory, keys } = fixture
  version = await fixture.addVersion({ seed: 1 })
  await fixture.promote(version)
  datasetVersion = await addDataset('claims', 400)
  await db.$client.query(
    `insert into pipeline_runs (id, pipeline, definition, project, configuration, model, state, trigger, actor)
     values ($1, 'claims', '{}', 'claims', $2, $3, 'succeeded', 'api', 'local')`,
    [RUN, JSON.stringify(project), MODEL],
  )
  await pointAt(datasetVersion, RUN)
  serving = await fixture.serve()
  const { predictions } = await serving.predict({ model: MODEL, inputs: claimsInputs(1), actor: 'local' })
  predictionId = predictions[0].id
  const config = { artifactDir: directory }
  http = await createTestApp({ routes: [(app) => explanationRoutes(app, { db, artifacts, config, keys })] })
  viewer = await http.as('viewer')
  nobody = await http.as()
})
afterAll(async () => {
  await http.close()
  await fixture.close()
})
beforeEach(() => {
  nJobs = 0
})

const pointAt = (dataset: string, run: string | null) =>
  fixture.db.$client.query('update model_versions set dataset_version = $1, pipeline_run_id = $2', [dataset, run])

/** A dataset version as an import stores it, with the columns that the model takes. */
async function addDataset(name: string, nRows: number): Promise<string> {
  const { db, artifacts, directory } = fixture
  const inputs = claimsInputs(nRows, 5)
  const data: DataColumns = {
    nRows,
    columns: [
      { kind: 'number', name: 'amount', values: Float64Array.from(inputs, ({ amount }) => amount as number) },
      { kind: 'number', name: 'age', values: Float64Array.from(inputs, ({ age }) => (age as number | null) ?? NaN) },
      { kind: 'text', name: 'provider', values: inputs.map(({ provider }) => provider as string) },
      { kind: 'text', name: 'outcome', values: inputs.map(({ amount }) => (Number(amount) > 700 ? 'denied' : 'paid')) },
    ],
    sourceRows: Int32Array.from(inputs.keys()),
  }
  const file = path.join(directory, `${name}.parquet`)
  await writeDataset(data, file)
  const { sha256 } = await artifacts.put(fs.readFileSync(file))
  const { id } = await hashDataset(file, { directory })
  const column = (name: string, type: 'number' | 'category', more: object = {}) =>
    ({ name, type, nullable: true, role: 'feature', ...more }) as const
  const yaml = formatContract({
    dataset: name,
    version: 1,
    columns: [
      column('amount', 'number'),
      column('age', 'number'),
      column('provider', 'category'),
      column('outcome', 'category', { role: 'target', nullable: false, positive: 'denied' }),
    ] as never,
    rules: [],
  })
  await withTransaction(db, async (tx) => {
    const contractVersion = await recordContract(tx, { name, yaml })
    await recordDatasetVersion(tx, {
      id,
      name,
      nRows,
      nColumns: 4,
      contractVersion,
      source: 'csv:claims.csv',
      artifact: sha256,
      quality: { completeness: 1, uniqueness: 1, validity: 1, consistency: 1 } as never,
      nQuarantined: 0,
      actor: 'local',
    })
  })
  return id
}

const get = (url: string, headers: object = viewer) =>
  http.app.inject({ url: `/api/v1${url}`, headers: { ...headers } })
const ofVersion = (wanted = version) => `/models/${MODEL}/versions/${wanted}/explanation`

/** Explanations of versions by a job that is counted and done at once. */
const counting = (act: (input: ExplainInput) => Promise<void> = async () => {}) => {
  const { db, artifacts, directory } = fixture
  return createVersionExplanations({
    db,
    artifacts,
    config: { artifactDir: directory },
    async explain(input) {
      nJobs++
      await act(input)
      const { sha256 } = await artifacts.put(Buffer.from(JSON.stringify({ nJobs, of: input.dataset.dataset.artifact })))
      return { artifact: sha256, means: null }
    },
  })
}
const of = () => ({ model: MODEL, version })

test('requests are refused by schema, without a key, without the permission, for what is not there', async () => {
  expect((await get(ofVersion('latest'))).statusCode).toBe(422)
  expect((await get(`/models/a%20b/versions/${version}/explanation`)).statusCode).toBe(422)
  for (const url of [ofVersion(), `/predictions/${predictionId}/explanation`]) {
    expect((await get(url, {})).statusCode).toBe(401)
    expect((await get(url, nobody)).statusCode).toBe(403)
  }
  for (const url of [ofVersion('9.9.9'), '/predictions/claim-1/explanation'])
    expect((await get(url)).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
})

test('a version without an explanation gets one when it is asked for, which is kept and need not be sent twice', async () => {
  const answer = await get(ofVersion())
  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    model: MODEL,
    version,
    unit: 'probability',
    method: 'tree-path-dependent',
    importance: [],
  })
  const { features, dependence, nRows } = answer.json()
  expect(features.map(({ name }: { name: string }) => name).sort()).toEqual(['age', 'amount', 'provider'])
  expect(dependence).toHaveLength(3)
  expect(nRows).toBeGreaterThan(50)
  const kept = (await findExplanation(fixture.db, of()))!
  expect(kept).toMatchObject({ datasetVersion, means: null })
  const { etag } = answer.headers
  expect(etag).toBe(`"${kept.artifact}"`)
  expect((await get(ofVersion(), { ...viewer, 'if-none-match': etag })).statusCode).toBe(304)
  expect((await get(ofVersion(), { ...viewer, 'if-none-match': '"other"' })).body).toBe(answer.body)
})

test('a prediction is explained with the version that answered', async () => {
  const answer = await get(`/predictions/${predictionId}/explanation`)
  expect(answer.statusCode).toBe(200)
  const { baseValue, score, contributions } = answer.json()
  const sum = contributions.reduce(
    (total: number, row: { contribution: number }) => total + row.contribution,
    baseValue,
  )
  expect(sum).toBeCloseTo(score, 9)
  expect(answer.json()).toMatchObject({ predictionId, erased: false, model: MODEL, version })
})

test('the thread that explains starts when it is first needed, and ends with the app', async () => {
  const { db, artifacts, directory, keys } = fixture
  const deps = { db, artifacts, config: { artifactDir: directory }, keys }
  const threads: Worker[] = []
  const note = (thread: Worker) => threads.push(thread)
  process.on('worker', note)
  const other = await createTestApp({ routes: [(app) => explanationRoutes(app, deps)] })
  const headers = await other.as('viewer')
  const url = `/api/v1/predictions/${predictionId}/explanation`
  expect(threads).toHaveLength(0)
  for (let i = 0; i < 2; i++) expect((await other.app.inject({ url, headers })).statusCode).toBe(200)
  expect(threads).toHaveLength(1)
  const ended = once(threads[0], 'exit')
  await other.close()
  await ended
  process.off('worker', note)
})

test('many predictions of a version are explained at once, in the order of their ids', async () => {
  const url = `/api/v1/models/${MODEL}/${version}/explanations`
  const post = (payload: object, headers: object = viewer, to = url) =>
    http.app.inject({ method: 'POST', url: to, payload, headers: { ...headers } })
  for (const body of [{}, { prediction_ids: [] }, { prediction_ids: ['a', 'a'] }, { predictionIds: ['a'] }])
    expect((await post(body)).statusCode).toBe(422)
  const body = { prediction_ids: [predictionId] }
  expect((await post(body, {})).statusCode).toBe(401)
  expect((await post(body, nobody)).statusCode).toBe(403)
  const { predictions } = await serving.predict({ model: MODEL, inputs: claimsInputs(3), actor: 'local' })
  const ids = [predictionId, ...predictions.map(({ id }) => id)].toReversed()
  const answer = await post({ prediction_ids: ids })
  expect(answer.statusCode).toBe(200)
  expect(answer.json().items.map((item: { predictionId: string }) => item.predictionId)).toEqual(ids)
  expect((await post({ prediction_ids: ['claim-1'] })).json()).toMatchObject({ status: 404, code: 'NOT_FOUND' })
  const other = await fixture.addVersion({ seed: 2 })
  expect((await post(body, viewer, url.replace(version, other))).json()).toMatchObject({
    status: 404,
    detail: expect.stringContaining(`Prediction of ${MODEL} ${other}`),
  })
  expect((await post(body, viewer, url.replace(version, '9.9.9'))).statusCode).toBe(404)
})

test('who asks at the same time waits for one computation, and a failed one is tried again', async () => {
  await forgetExplanation(fixture.db, (await findExplanation(fixture.db, of()))!.artifact!)
  let isBroken = true
  const versions = counting(async () => {
    if (isBroken) throw new Error('the machine is out of memory')
  })
  const asked = await Promise.allSettled([versions.getArtifact(of()), versions.getArtifact(of())])
  expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(nJobs).toBe(1)
  isBroken = false
  expect(await versions.getArtifact(of())).toBe((await findExplanation(fixture.db, of()))!.artifact)
  expect(nJobs).toBe(2)
})

test('a file that is gone is computed again', async () => {
  const { artifact } = (await findExplanation(fixture.db, of()))!
  await fixture.artifacts.remove(artifact!)
  const again = await counting().getArtifact(of())
  expect(nJobs).toBe(1)
  expect(await fixture.artifacts.has(again)).toBe(true)
})

test('after an erasure the rest of the rows is explained, also where it comes in between', async () => {
  const rest = await addDataset('rest', 300)
  await forgetExplanation(fixture.db, (await findExplanation(fixture.db, of()))!.artifact!)
  const seen: string[] = []
  const versions = counting(async ({ dataset }) => {
    seen.push(dataset.dataset.artifact)
    if (seen.length > 1) return
    const erased = { id: datasetVersion, name: 'claims', replacedBy: rest, nLeftOut: 100, actor: 'local' }
    await withTransaction(fixture.db, (tx) => recordErasedVersion(tx, erased))
  })
  const artifact = await versions.getArtifact(of())
  expect(new Set(seen).size).toBe(2)
  expect(await findExplanation(fixture.db, of())).toMatchObject({ artifact, datasetVersion: rest })
})

test('where the rows are not known or not here, it says so', async () => {
  const forget = async () => {
    const { artifact } = (await findExplanation(fixture.db, of()))!
    if (artifact) await forgetExplanation(fixture.db, artifact)
  }
  await forget()
  await pointAt(datasetVersion, null)
  expect((await get(ofVersion())).json()).toMatchObject({
    status: 404,
    code: 'EXPLANATION_UNAVAILABLE',
    detail: expect.stringContaining('no pipeline of this installation trained it'),
  })
  await pointAt('f'.repeat(64), RUN)
  expect((await get(ofVersion())).json()).toMatchObject({
    status: 404,
    code: 'EXPLANATION_UNAVAILABLE',
    detail: expect.stringContaining('dataset version ffffffffffff is not here'),
  })
})

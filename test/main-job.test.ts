import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAssay, type Assay } from '../src/main.ts'
import { createLogger, loadConfig } from '../src/platform/index.ts'
import { createTestDatabase, databaseUrl } from './database.ts'

// The main job through the real interface: one Assay on a database of its own, driven over HTTP by two people.

let database: Awaited<ReturnType<typeof createTestDatabase>>
let home: string
let assay: Assay

beforeAll(async () => {
  database = await createTestDatabase()
  home = await fs.mkdtemp(path.join(os.tmpdir(), 'assay-main-job-'))
  assay = await start()
})
afterAll(async () => {
  await assay.stop()
  await database.close()
  await fs.rm(home, { recursive: true, force: true })
})

function start(): Promise<Assay> {
  const env = {
    ASSAY_HOME: home,
    DATABASE_URL: databaseUrl(database.connection),
    ASSAY_PORT: '0',
    ASSAY_SAMPLE_DATA: 'false',
  }
  const log = createLogger({ level: 'fatal', format: 'json' })
  return startAssay({ config: loadConfig({ env, cwd: home }), role: 'start', log })
}

type Json = Record<string, any>

async function call(
  method: string,
  route: string,
  body?: object,
  key?: string,
): Promise<{ status: number; body: Json }> {
  const headers: Record<string, string> = {}
  if (key) headers.authorization = `Bearer ${key}`
  if (body) headers['content-type'] = 'application/json'
  const response = await fetch(assay.url + route, { method, headers, body: body && JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Json }
}

/** A small, quick version of the shipped project. */
const small = {
  data: { kind: 'synthetic', n: 2_000, seed: 3 },
  training: { options: { random_forest: { nTrees: 20 } } },
  waivers: [{ gate: 'fairness_*', by: 'test', reason: 'small samples differ by chance' }],
  shadow: { minRequests: 5, maxWaitMs: 200 },
  gates: { rocAuc: { threshold: 0.7 } },
}

async function begin(more: object = {}): Promise<string> {
  const { status, body } = await call('POST', '/pipeline/commit', {
    commit: { message: 'change' },
    configOverrides: small,
    ...more,
  })
  expect(status).toBe(201)
  return body.runId
}

/** Polls until the run is in one of the states. */
async function until(runId: string, states: string[]): Promise<Json> {
  for (;;) {
    const { body } = await call('GET', `/pipeline/${runId}/status`)
    if (states.includes(body.state)) return body
    if (['failed', 'cancelled', 'succeeded'].includes(body.state))
      throw new Error(`run is ${body.state}: ${JSON.stringify(body.failure)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function failed(runId: string): Promise<Json> {
  for (;;) {
    const { body } = await call('GET', `/pipeline/${runId}/status`)
    if (body.state === 'failed') return body
    expect(['succeeded', 'waiting', 'cancelled']).not.toContain(body.state)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

let reviewerKey: string
let firstVersion: string

test(
  'a commit waits for approval by another person, across a restart, and becomes the champion',
  { timeout: 90_000 },
  async () => {
    const reviewer = await call('POST', '/api/v1/actors', { name: 'Rita Reviewer', roles: ['reviewer'] })
    reviewerKey = reviewer.body.key
    const runId = await begin()
    const waiting = await until(runId, ['waiting'])
    expect(waiting).toMatchObject({ waitingFor: 'approval', canCancel: true })
    expect(waiting.steps.map((step: Json) => step.name)).toHaveLength(12)
    await expectBranches(runId, waiting)

    await assay.stop()
    assay = await start()
    expect((await until(runId, ['waiting'])).waitingFor).toBe('approval')

    const own = await call('POST', `/pipeline/${runId}/approve`, { reason: 'my own work' })
    expect(own).toMatchObject({ status: 403, body: { code: 'APPROVAL_OWN_WORK' } })
    const given = await call('POST', `/pipeline/${runId}/approve`, { reason: 'gates are green' }, reviewerKey)
    expect(given.status).toBe(200)
    const done = await until(runId, ['succeeded'])
    expect(done.steps.every((step: Json) => step.state === 'succeeded')).toBe(true)
    firstVersion = done.modelVersion
    expect((await call('GET', '/mlflow/champion?model=claims-denial')).body.version).toBe(firstVersion)
  },
)

/** Stage 6 had a branch for each algorithm, which told its curves, and these are in tracking. */
async function expectBranches(runId: string, { steps }: Json): Promise<void> {
  const { branches, state } = steps.find((step: Json) => step.name === 'full_train')
  const names = ['train:random_forest', 'train:logistic_regression', 'train:gradient_boosting']
  expect(branches.map((branch: Json) => [branch.name, branch.state])).toEqual(names.map((name) => [name, 'succeeded']))
  expect(state).toBe('succeeded')
  const { body: measured } = await call('GET', `/api/v1/pipeline/${runId}/measurements`)
  expect([...new Set(measured.items.map((piece: Json) => piece.step))]).toEqual(expect.arrayContaining(names))
  const { body: step } = await call('GET', `/api/v1/pipeline/${runId}/steps/full_train`)
  expect(Object.keys(step.inputs)).toEqual(expect.arrayContaining(names))
  const { body: tracked } = await call('GET', `/mlflow/runs/${step.outputs.trackingRunId}`)
  expect(Object.keys(tracked.metrics)).toEqual(
    expect.arrayContaining([
      'random_forest/validation_rocAuc_by_fold',
      'gradient_boosting/training_logLoss_by_trees/fold_5',
    ]),
  )
  const { body: defined } = await call('GET', '/steps')
  expect(defined).toHaveLength(12)
  expect(defined.find((one: Json) => one.name === 'full_train').branches).toEqual(expect.arrayContaining(names))
  const { body: branch } = await call('GET', `/api/v1/pipeline/${runId}/steps/${names[0]}`)
  expect(branch).toMatchObject({
    title: 'Random forest',
    branches: [],
    outputs: { scores: { algorithm: 'random_forest' } },
  })
}

test('the champion answers, its answer replays bit for bit, and wrong input is named', async () => {
  const { body: generated } = await call('GET', '/claims/generate?n=3&seed=9')
  const { body: signature } = await call('GET', `/api/v1/models/claims-denial/${firstVersion}`)
  const names = signature.signature.columns.map((column: Json) => column.name)
  const inputs = generated.claims.map((claim: Json) =>
    Object.fromEntries(names.map((name: string) => [name, claim[name]])),
  )
  const answer = await call('POST', '/api/v1/predict/claims-denial', { inputs })
  expect(answer.status).toBe(200)
  expect(answer.body.predictions).toHaveLength(3)
  const { body: replayed } = await call('POST', `/api/v1/predictions/${answer.body.predictions[0].id}/replay`, {})
  expect(replayed).toMatchObject({ equal: true, logged: answer.body.predictions[0].score })
  const { body: explained } = await call('GET', `/api/v1/predictions/${answer.body.predictions[0].id}/explanation`)
  const sum = explained.contributions.reduce(
    (total: number, row: Json) => total + row.contribution,
    explained.baseValue,
  )
  expect(Math.abs(sum - explained.raw)).toBeLessThan(1e-9)
  expect(explained).toMatchObject({ version: firstVersion, score: answer.body.predictions[0].score })
  const wrong = await call('POST', '/api/v1/predict/claims-denial', { inputs: { ...inputs[0], units: 'many' } })
  expect(wrong.status).toBe(422)
  expect(JSON.stringify(wrong.body)).toContain('units')
})

test('how the champion decides was found out at its evaluation', async () => {
  const { body } = await call('GET', `/api/v1/models/claims-denial/versions/${firstVersion}/explanation`)
  const { body: signature } = await call('GET', `/api/v1/models/claims-denial/${firstVersion}`)
  expect(body.features).toHaveLength(signature.signature.columns.length)
  expect(body.dependence.length).toBeGreaterThan(0)
  expect(body.importance).toEqual(signature.importance)
  const { rows } = await database.db.$client.query('select model, version from version_explanations')
  expect(rows).toEqual([{ model: 'claims-denial', version: firstVersion }])
})

test('a second version is promoted and rolled back', { timeout: 90_000 }, async () => {
  const runId = await begin({ configOverrides: { ...small, data: { kind: 'synthetic', n: 2_000, seed: 4 } } })
  await until(runId, ['waiting'])
  await call('POST', `/pipeline/${runId}/approve`, { reason: 'fresh data' }, reviewerKey)
  const { modelVersion } = await until(runId, ['succeeded'])
  expect(modelVersion).not.toBe(firstVersion)
  const back = await call('POST', '/pipeline/rollback', { reason: 'drill', model: 'claims-denial' })
  expect(back.body).toMatchObject({ from: modelVersion, to: firstVersion })
  const { body } = await call('GET', '/api/v1/deployments/claims-denial')
  expect(JSON.stringify(body)).toContain(firstVersion)
})

test(
  'a gate that blocks is waived by a reviewer, with the reason on record, and the run goes on',
  { timeout: 90_000 },
  async () => {
    const gates = { rocAuc: { threshold: 0.999 } }
    const runId = await begin({ configOverrides: { ...small, gates } })
    const stopped = await failed(runId)
    expect(stopped.failure).toMatchObject({ step: 'evaluate', code: 'GATE_BLOCKED' })
    const blocking = stopped.steps.flatMap((step: Json) => step.gates).filter((g: Json) => g.verdict === 'blocked')
    const [{ gate }] = blocking
    const waive = (body: object, key?: string) => call('POST', `/api/v1/pipeline/${runId}/waivers`, body, key)
    expect(await waive({ gates: [gate], reason: 'mine' })).toMatchObject({ body: { code: 'APPROVAL_OWN_WORK' } })
    expect(await waive({ gates: ['f1'], reason: 'x' }, reviewerKey)).toMatchObject({
      status: 409,
      body: { code: 'GATE_NOT_BLOCKING' },
    })
    expect((await waive({ gates: [gate], reason: ' ' }, reviewerKey)).body.code).toBe('REASON_MISSING')
    expect((await waive({ gates: [gate.slice(0, 4) + '*'], reason: 'a drill' }, reviewerKey)).status).toBe(200)
    const waiting = await until(runId, ['waiting'])
    const again = waiting.steps.flatMap((step: Json) => step.gates).find((g: Json) => g.gate === gate)
    expect(again).toMatchObject({ verdict: 'waived', reason: expect.stringContaining('a drill') })
    const { body } = await call('GET', `/api/v1/pipeline/${runId}/waivers`)
    expect(body.items).toMatchObject([{ gate, reason: 'a drill', ownWork: false }])
  },
)

test(
  'CI ends alone and continues; a running step is cancelled; a rejected run ends there',
  { timeout: 90_000 },
  async () => {
    const runId = await begin({ ciOnly: true })
    expect(await until(runId, ['succeeded'])).toMatchObject({ canContinue: true })
    await call('POST', `/pipeline/${runId}/continue`, {})
    await until(runId, ['waiting'])
    await call('POST', `/pipeline/${runId}/reject`, { reason: 'not now' }, reviewerKey)
    expect(await until(runId, ['failed'])).toMatchObject({ failure: { step: 'approval', code: 'APPROVAL_REJECTED' } })

    const long = await begin({
      configOverrides: { ...small, training: { options: { random_forest: { nTrees: 3_000 } } } },
    })
    for (;;) {
      const { body } = await call('GET', `/pipeline/${long}/status`)
      if (body.steps.some((step: Json) => step.state === 'running' && step.name === 'quick_train')) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await call('POST', `/pipeline/${long}/cancel`, {})
    await until(long, ['cancelled'])
  },
)

test(
  'a run on data that does not exist fails with a precise error and is retried once the file is there',
  { timeout: 60_000 },
  async () => {
    const file = path.join(home, 'claims.csv')
    const body = {
      data: file,
      target: 'fraud',
      configOverrides: {
        training: { options: { random_forest: { nTrees: 5 } } },
        shadow: { minRequests: 1, maxWaitMs: 0 },
      },
    }
    const { body: started } = await call('POST', '/pipeline/start', body)
    const failed = await until(started.runId, ['failed'])
    expect(failed).toMatchObject({ canRetry: true, failure: { step: 'tests' } })
    const rows = Array.from({ length: 600 }, (_, i) => {
      const [amount, chance] = [(i * 37) % 100, (i * 53) % 60]
      return `${i % 7},${amount},${amount + chance > 95 ? 'Y' : 'N'}`
    })
    await fs.writeFile(file, ['kind,amount,fraud', ...rows].join('\n'))
    await call('POST', `/pipeline/${started.runId}/retry`, {})
    await until(started.runId, ['waiting'])
  },
)

test('a worker without an Assay to join says so', async () => {
  const config = loadConfig({ env: { ASSAY_HOME: path.join(home, 'alone') }, cwd: home })
  const log = createLogger({ level: 'fatal', format: 'json' })
  await expect(startAssay({ config, role: 'worker', log })).rejects.toMatchObject({ code: 'WORKER_ALONE' })
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { claimsInputs, createServingFixture, MODEL, shadow, type ServingFixture } from '../../test/serving.ts'
import { loadModel } from '../learn/index.ts'
import type { Serving } from './serving.ts'
import { shadowReport } from './shadow-report.ts'

let fixture: ServingFixture
let serving: Serving
let candidate: string
const inputs = claimsInputs(60)
const broken = { isBroken: false }
let since: Date

beforeAll(async () => {
  fixture = await createServingFixture()
  await fixture.promote(await fixture.addVersion({ seed: 1 }))
  candidate = await fixture.addVersion({ seed: 2, threshold: 0.3 })
  await fixture.deploy([shadow(candidate)])
  let nLoaded = 0
  serving = await fixture.serve({
    loadModel(bytes) {
      const model = loadModel(bytes)
      if (++nLoaded === 1) return model // the champion is loaded first
      const failing = () => {
        throw new Error('the shadow is broken')
      }
      return {
        ...model,
        signature: model.signature,
        predict: (table) => (broken.isBroken ? failing() : model.predict(table)),
        predictRow: (row) => (broken.isBroken ? failing() : model.predictRow(row)),
      }
    },
  })
})
afterAll(() => fixture.close())
beforeEach(() => {
  broken.isBroken = false
  since = new Date()
})

const ask = (given: unknown) => serving.predict({ model: MODEL, inputs: given, actor: 'local' })

async function shadowLines(ids: string[]) {
  const { rows } = await fixture.db.$client.query(
    `select s.mirrors, s.version, s.score, s.decision, s.error, s.sealed, s.input_digest = a.input_digest as "sameDigest"
     from predictions s join predictions a on a.id = s.mirrors where s.variant = 'shadow' and s.mirrors = any($1) order by s.mirrors`,
    [ids],
  )
  return rows
}

test('each answer of the champion is mirrored, one by one and in batches, and recorded beside it', async () => {
  const answers = [...(await ask(inputs.slice(0, 50))).predictions, ...(await ask(inputs[50])).predictions]
  await serving.drainShadow()
  const lines = await shadowLines(answers.map(({ id }) => id))
  expect(lines.map(({ mirrors }) => mirrors)).toEqual(answers.map(({ id }) => id))
  const alone = loadModel(await fixture.artifacts.get(await artifactOf(candidate)))
  lines.forEach((line, i) => {
    const score = alone.predictRow(inputs[i])
    const decision = score >= 0.3 ? 'refer' : 'approve'
    expect(line).toMatchObject({ version: candidate, score, decision, error: null, sealed: null, sameDigest: true })
  })
})

test('the report says how far the shadow is from what was answered', async () => {
  const { predictions } = await ask(inputs)
  await serving.drainShadow()
  const lines = await shadowLines(predictions.map(({ id }) => id))
  const report = await shadowReport(fixture.db, { model: MODEL, version: candidate, since })
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(report).toMatchObject({ version: candidate, n: 60, nErrors: 0, since: since.toISOString() })
  expect(report.meanAbsoluteDifference).toBeCloseTo(
    mean(lines.map(({ score }, i) => Math.abs(score - predictions[i].score))),
    12,
  )
  expect(report.flipShare).toBeCloseTo(
    mean(lines.map(({ decision }, i) => Number(decision !== predictions[i].decision))),
    12,
  )
  expect(report.correlation).toBeCloseTo(
    pearson(
      lines.map(({ score }) => score),
      predictions.map(({ score }) => score),
    ),
    9,
  )
  expect(report.p95Ms).toBeGreaterThan(0)
  expect(report.championP95Ms).toBeGreaterThan(0)
})

test('a report of nothing is empty', async () => {
  const report = await shadowReport(fixture.db, { model: MODEL, version: '9.9.9', since })
  expect(report).toMatchObject({
    n: 0,
    nErrors: 0,
    meanAbsoluteDifference: 0,
    correlation: null,
    flipShare: 0,
    p95Ms: null,
  })
})

test('a shadow that throws is recorded as an error and answers do not notice', async () => {
  const well = await ask(inputs)
  await serving.drainShadow()
  broken.isBroken = true
  const answers = await ask(inputs)
  await serving.drainShadow()
  expect(answers.predictions.map(({ score }) => score)).toEqual(well.predictions.map(({ score }) => score))
  const lines = await shadowLines(answers.predictions.map(({ id }) => id))
  expect(lines).toHaveLength(60)
  for (const line of lines) expect(line).toMatchObject({ score: null, decision: null, error: 'the shadow is broken' })
  const report = await shadowReport(fixture.db, { model: MODEL, version: candidate, since })
  expect(report).toMatchObject({ n: 60, nErrors: 60 })
  const counts = (await serving.counts(MODEL)).find(({ variant }) => variant === 'shadow')
  expect(counts).toMatchObject({ version: candidate, nErrors: 60 })
})

test('the deployment shows the shadow beside the champion', async () => {
  const view = await serving.deployment(MODEL)
  expect(view.variants.map(({ role, share }) => [role, share])).toEqual([
    ['champion', 1],
    ['shadow', 0],
  ])
  expect(view.shadow).toMatchObject({ version: candidate })
  expect(view.shadow!.n).toBeGreaterThan(100)
})

test('staging is not mirrored', async () => {
  await fixture.deploy([shadow(candidate), { version: candidate, role: 'staging', share: 0 }])
  await serving.reconcile(MODEL)
  const { predictions } = await serving.predict({ model: MODEL, inputs: inputs[0], actor: 'local', variant: 'staging' })
  await serving.drainShadow()
  expect(await shadowLines(predictions.map(({ id }) => id))).toEqual([])
})

async function artifactOf(version: string): Promise<string> {
  const { rows } = await fixture.db.$client.query(
    'select artifact from model_versions where model = $1 and version = $2',
    [MODEL, version],
  )
  return rows[0].artifact
}

function pearson(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const covariance = mean(a.map((value, i) => (value - meanA) * (b[i] - meanB)))
  return (
    covariance / Math.sqrt(mean(a.map((value) => (value - meanA) ** 2)) * mean(b.map((value) => (value - meanB) ** 2)))
  )
}

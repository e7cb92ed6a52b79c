import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { claimsInputs, createServingFixture, MODEL, staging, type ServingFixture } from '../../test/serving.ts'
import { loadModel } from '../learn/index.ts'
import type { Serving } from './serving.ts'

let fixture: ServingFixture
let serving: Serving
let first: string
let second: string
const inputs = claimsInputs(100)
const ask = (options: { variant?: 'staging'; inputs?: unknown; model?: string } = {}) =>
  serving.predict({ model: MODEL, inputs: inputs[0], actor: 'local', ...options })

beforeAll(async () => {
  fixture = await createServingFixture()
  first = await fixture.addVersion({ seed: 1 })
  second = await fixture.addVersion({ seed: 2 })
  await fixture.promote(first)
  serving = await fixture.serve()
})
afterAll(() => fixture.close())

describe('answers', () => {
  test('one input gets one prediction, of the version in production', async () => {
    const { predictions } = await ask()
    expect(predictions).toEqual([
      {
        id: expect.any(String),
        score: expect.any(Number),
        decision: expect.any(String),
        modelVersion: first,
        variant: 'champion',
      },
    ])
  })

  test('many inputs get the very scores that each gets alone', async () => {
    const together = await ask({ inputs })
    const alone = await Promise.all(inputs.map((input) => ask({ inputs: input })))
    expect(together.predictions.map(({ score }) => score)).toEqual(alone.map(({ predictions }) => predictions[0].score))
  })

  test('the answer and the log say the same', async () => {
    const { predictions } = await ask({ inputs })
    const { rows } = await fixture.db.$client.query('select * from predictions where id = any($1) order by id', [
      predictions.map(({ id }) => id),
    ])
    expect(rows.map(({ id, score, decision, version }) => ({ id, score, decision, version }))).toEqual(
      predictions.map(({ id, score, decision, modelVersion }) => ({ id, score, decision, version: modelVersion })),
    )
    expect(rows[0]).toMatchObject({ model: MODEL, variant: 'champion', source: 'api', actor: 'local', mirrors: null })
    const opened = rows.map((row) => JSON.parse(fixture.keys.data.open(row.sealed, row.id)!))
    expect(opened).toEqual(inputs)
    expect(rows.map((row) => row.input)).toEqual(inputs.map(() => null))
  })

  test('a score at or above the threshold is referred, below it approved; nothing is denied', async () => {
    const { predictions } = await ask({ inputs })
    for (const { score, decision } of predictions) expect(decision).toBe(score >= 0.5 ? 'refer' : 'approve')
    expect(new Set(predictions.map(({ decision }) => decision))).toEqual(new Set(['approve', 'refer']))
  })

  test('10,000 inputs are answered at once, and the event loop keeps turning meanwhile', async () => {
    let isDone = false
    let longestMs = 0
    const measure = (lastMs: number) => {
      longestMs = Math.max(longestMs, performance.now() - lastMs)
      if (!isDone) setTimeout(measure, 0, performance.now())
    }
    setTimeout(measure, 0, performance.now())
    const startedMs = performance.now()
    const { predictions } = await ask({ inputs: claimsInputs(10_000) })
    isDone = true
    expect(predictions).toHaveLength(10_000)
    expect(longestMs).toBeLessThan((performance.now() - startedMs) / 3)
  })

  test.each([
    ['none', []],
    ['more than 10,000', Array.from({ length: 10_001 }, () => inputs[0])],
  ])('%s inputs are refused', async (_, list) => {
    await expect(ask({ inputs: list })).rejects.toMatchObject({ code: 'NUMBER_OF_INPUTS' })
  })

  test('every fault of a request is listed by row and column, and nothing of it is logged', async () => {
    const before = await nLogged()
    const faulty = [inputs[0], { ...inputs[1], amount: 'much' }, { provider: 'clinic', amuont: 3, age: 40 }]
    await expect(ask({ inputs: faulty })).rejects.toMatchObject({
      code: 'PREDICTION_INPUT_INVALID',
      faults: [
        { row: 1, column: 'amount', rule: 'type' },
        { row: 2, column: 'amuont', rule: 'unknown-column' },
        { row: 2, column: 'amount', rule: 'missing' },
      ],
    })
    expect(await nLogged()).toBe(before)
  })

  test('a category that the model never saw is answered', async () => {
    const { predictions } = await ask({ inputs: { ...inputs[0], provider: 'veterinarian' } })
    expect(predictions[0].score).toBeGreaterThanOrEqual(0)
  })

  test.each([
    [{ model: 'unheard-of' }, 'NOT_FOUND'],
    [{ variant: 'staging' as const }, 'VARIANT_NOT_DEPLOYED'],
  ])('%j is refused with %s', async (options, code) => {
    await expect(ask(options)).rejects.toMatchObject({ code })
  })
})

describe('deployments', () => {
  test('staging answers when asked for, also without a champion, and is logged as staging', async () => {
    const version = await fixture.addVersion({ seed: 3, model: 'young' })
    await fixture.deploy([staging(version)], 'young')
    await serving.reconcile('young')
    const { predictions } = await ask({ model: 'young', variant: 'staging' })
    expect(predictions[0]).toMatchObject({ modelVersion: version, variant: 'staging' })
    const { rows } = await fixture.db.$client.query('select variant, source from predictions where id = $1', [
      predictions[0].id,
    ])
    expect(rows).toEqual([{ variant: 'staging', source: 'staging' }])
    await expect(ask({ model: 'young' })).rejects.toMatchObject({ code: 'NO_CHAMPION', kind: 'unavailable' })
  })

  test('a switch under load drops no request, and afterwards only the new version answers', async () => {
    const answers: Promise<string>[] = []
    const load = { isOn: true }
    const sending = (async () => {
      while (load.isOn) {
        for (let i = 0; i < 10; i++) answers.push(ask().then(({ predictions }) => predictions[0].modelVersion))
        await Promise.race(answers.slice(-10))
      }
    })()
    await vi.waitUntil(() => answers.length > 50, { interval: 1 })
    await fixture.promote(second)
    await serving.reconcile(MODEL)
    const nBefore = answers.length
    await vi.waitUntil(() => answers.length > nBefore + 50, { interval: 1 })
    load.isOn = false
    await sending
    const versions = await Promise.all(answers)
    expect(new Set(versions)).toEqual(new Set([first, second]))
    expect(new Set(versions.slice(nBefore))).toEqual(new Set([second]))
  })

  test('a rollback by another process arrives by notification, without the poll and from memory', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    let nLoads = 0
    const process = await fixture.serve({
      loadModel: (bytes) => {
        nLoads++
        return loadModel(bytes)
      },
    })
    expect((await process.deployment(MODEL)).warm.toSorted()).toEqual([first, second])
    const nBefore = nLoads
    await fixture.rollBack()
    const answering = () => process.predict({ model: MODEL, inputs: inputs[0], actor: 'local' })
    while ((await answering()).predictions[0].modelVersion !== first) await turn()
    expect(nLoads).toBe(nBefore)
  })

  test('a change whose notification was lost is found by the poll', async () => {
    const deaf = { listen: () => () => true, close: async () => {} }
    const process = await fixture.serve({ listener: deaf })
    const third = await fixture.addVersion({ seed: 7 })
    await fixture.promote(third)
    const answering = () => process.predict({ model: MODEL, inputs: inputs[0], actor: 'local' })
    await expect.poll(async () => (await answering()).predictions[0].modelVersion, { timeout: 2_000 }).toBe(third)
  })

  test('a champion that cannot be loaded leaves the present one answering, and stands among the faults until it can', async () => {
    const present = (await ask()).predictions[0].modelVersion
    const broken = await fixture.addVersion({ seed: 6 })
    const disk = { isBroken: false }
    const process = await fixture.serve({
      artifacts: {
        get: (sha256) => (disk.isBroken ? Promise.reject(new Error('disk gone')) : fixture.artifacts.get(sha256)),
      },
    })
    const answering = async () =>
      (await process.predict({ model: MODEL, inputs: inputs[0], actor: 'local' })).predictions[0]
    disk.isBroken = true
    await fixture.promote(broken)
    await process.reconcile(MODEL)
    expect((await answering()).modelVersion).toBe(present)
    expect(process.health().faults).toEqual([{ model: MODEL, version: broken, role: 'champion', message: 'disk gone' }])
    disk.isBroken = false
    await process.reconcile(MODEL)
    expect(process.health().faults).toEqual([])
    expect((await answering()).modelVersion).toBe(broken)
  })
})

async function nLogged(): Promise<number> {
  return (await fixture.db.$client.query('select count(*) as n from predictions')).rows[0].n
}

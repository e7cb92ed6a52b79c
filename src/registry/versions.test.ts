import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  compareVersions,
  getApproval,
  getVersion,
  getVersionDetail,
  listGates,
  listModels,
  listVersions,
  recordGates,
  registerVersion,
  stageHistory,
  versionSubject,
} from './index.ts'
import {
  artifact,
  createRegistryFixture,
  eventsOn,
  gate,
  newVersion,
  signature,
  type RegistryFixture,
} from './registry.fixture.ts'

let registry: RegistryFixture
beforeAll(async () => {
  registry = await createRegistryFixture()
})
afterAll(() => registry.close())

describe('registerVersion', () => {
  it('starts in development with its place in the history', async () => {
    const version = await registry.register({ model: 'fresh' })
    expect(version).toMatchObject({ version: '1.0.0', stage: 'development', isChampion: false, createdBy: 'ada' })
    expect(await getVersion(registry.db, 'fresh', '1.0.0')).toEqual(version)
    expect(await stageHistory(registry.db, 'fresh')).toMatchObject([
      { version: '1.0.0', from: null, to: 'development', action: 'register', actor: 'ada', approvalId: null },
    ])
    const events = await eventsOn(registry.db, 'model:fresh@1.0.0')
    expect(events.map((event) => event.type)).toEqual(['model.stage_changed', 'version.registered'])
  })

  it('registers a file of a pipeline run once', async () => {
    const given = { model: 'once', pipelineRunId: 'run 1', artifact: artifact(900) }
    const first = await registry.register(given)
    expect(await registry.register(given)).toEqual(first)
    expect((await registry.register({ ...given, pipelineRunId: 'run 2' })).version).toBe('1.0.1')
    expect(await listVersions(registry.db, 'once')).toHaveLength(2)
  })

  it('gives versions that are registered at the same time numbers of their own', async () => {
    const made = await Promise.all(Array.from({ length: 4 }, () => registry.register({ model: 'rush' })))
    expect(made.map(({ version }) => version).toSorted()).toEqual(['1.0.0', '1.1.0', '1.2.0', '1.3.0'])
  })

  it('takes a given version that is free, and counts on from the highest', async () => {
    const take = (version: string) => registry.register({ model: 'given', version })
    await take('9.10.0')
    await take('9.9.9')
    expect((await registry.register({ model: 'given' })).version).toBe('9.11.0')
    await expect(take('9.9.9')).rejects.toMatchObject({ code: 'VERSION_EXISTS' })
    await expect(take('9.9')).rejects.toMatchObject({ code: 'VERSION_INVALID' })
  })

  it('voids the approvals of a run that has made another file since', async () => {
    const first = await registry.register({ model: 'again', pipelineRunId: 'run 7' })
    const given = await registry.vote(await registry.ask(first, { pipelineRunId: 'run 7' }))
    const elsewhere = await registry.vote(await registry.ask(first, { pipelineRunId: 'run 8' }))
    await registry.register({ model: 'again', pipelineRunId: 'run 7' })
    expect((await getApproval(registry.db, given.id)).status).toBe('voided')
    expect((await getApproval(registry.db, elsewhere.id)).status).toBe('approved')
    expect((await eventsOn(registry.db, `approval:${given.id}`)).at(-1)).toMatchObject({ type: 'approval.voided' })
  })

  it('keeps figures that are not finite as null', async () => {
    const nan = { estimate: NaN, lower: NaN, upper: Infinity, level: 0.95 }
    const version = await registry.register({ model: 'nan', metrics: { rocAuc: nan } })
    expect(version.metrics.rocAuc).toEqual({ estimate: null, lower: null, upper: null, level: 0.95 })
  })

  it('leaves nothing behind when the transaction fails', async () => {
    const failing = registry.inTx(async (tx) => {
      await registerVersion(tx, newVersion({ model: 'undone' }))
      throw new Error('later')
    })
    await expect(failing).rejects.toThrow('later')
    expect(await listVersions(registry.db, 'undone')).toEqual([])
  })
})

it('wants versions that exist', async () => {
  await expect(getVersion(registry.db, 'fresh', '7.0.0')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(compareVersions(registry.db, 'fresh', ['1.0.0', '7.0.0'])).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

it('compares two versions metric by metric', async () => {
  const interval = (estimate: number) => ({ estimate, lower: estimate - 0.1, upper: estimate + 0.1, level: 0.95 })
  const metrics = { auc: interval(0.5), old: interval(0.25), broken: interval(0.5) }
  await registry.register({ model: 'pair', metrics })
  await registry.register({
    model: 'pair',
    metrics: { auc: interval(0.75), broken: interval(NaN), young: interval(1) },
  })
  const { a, b, metrics: rows } = await compareVersions(registry.db, 'pair', ['1.0.0', '1.1.0'])
  expect([a.version, b.version]).toEqual(['1.0.0', '1.1.0'])
  expect(rows).toEqual([
    { name: 'auc', a: interval(0.5), b: interval(0.75), difference: 0.25 },
    { name: 'old', a: interval(0.25), b: null, difference: null },
    {
      name: 'broken',
      a: interval(0.5),
      b: { estimate: null, lower: null, upper: null, level: 0.95 },
      difference: null,
    },
    { name: 'young', a: null, b: interval(1), difference: null },
  ])
})

it('lists models with their highest version, ten after nine', async () => {
  for (const version of ['1.9.0', '1.10.0', '1.2.0']) await registry.register({ model: 'many', version })
  const many = (await listModels(registry.db)).find(({ name }) => name === 'many')
  expect(many).toMatchObject({ nVersions: 3, champion: null, latest: { version: '1.10.0' } })
})

describe('gate records', () => {
  const subject = versionSubject('judged', '1.0.0')
  const record = (gates: ReturnType<typeof gate>[], file: string | null = artifact(1)) =>
    registry.inTx((tx) => recordGates(tx, { subject, gates, artifact: file }))
  const count = async () =>
    (await registry.db.$client.query('select count(*) as n from gate_records where subject = $1', [subject])).rows[0].n

  it('keep every verdict once and show the last of each gate and metric, in order', async () => {
    const fairness = [gate({ gate: 'fairness', metric: 'sex' }), gate({ gate: 'fairness', metric: 'age', value: null })]
    await record([gate(), ...fairness])
    await record([gate(), ...fairness])
    expect(await count()).toBe(3)
    const worse = gate({ verdict: 'blocked', value: 0.5 })
    await record([worse])
    expect(await count()).toBe(4)
    expect(await listGates(registry.db, subject)).toEqual([worse, ...fairness])
  })

  it('of another file stand beside those', async () => {
    await record([gate({ verdict: 'waived' })], artifact(2))
    await record([gate({ gate: 'alert' })], null)
    const verdicts = async (file: string) =>
      (await listGates(registry.db, subject, { artifact: file })).map((g) => g.verdict)
    expect(await verdicts(artifact(1))).toEqual(['blocked', 'passed', 'passed'])
    expect(await verdicts(artifact(2))).toEqual(['waived'])
    expect(await listGates(registry.db, versionSubject('judged', '2.0.0'))).toEqual([])
  })
})

it('shows all that is on record about a version', async () => {
  const importance = [{ feature: 'amount', mean: 0.2, lower: 0.1, upper: 0.3 }]
  const version = await registry.register({ model: 'detailed', importance, fairness: [{ attribute: 'sex' }] })
  const approval = await registry.ask(version)
  const detail = await getVersionDetail(registry.db, 'detailed', '1.0.0')
  expect(detail).toEqual({
    ...version,
    cv: {},
    importance,
    fairness: [{ attribute: 'sex' }],
    gates: [],
    approvals: [approval],
    history: await stageHistory(registry.db, 'detailed', '1.0.0'),
  })
  expect(detail.signature).toEqual(signature)
})

it.each(['stage_changes', 'approval_votes', 'gate_records'])('the database refuses to rewrite %s', async (table) => {
  for (const statement of [`update ${table} set actor = 'me'`, `delete from ${table}`, `truncate ${table}`])
    await expect(registry.db.$client.query(statement.replace("actor = 'me'", 'at = now()'))).rejects.toThrow(
      `${table} is append-only`,
    )
})

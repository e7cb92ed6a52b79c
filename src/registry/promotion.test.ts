import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openListener, withTransaction } from '../platform/index.ts'
import {
  archive,
  championAt,
  DEPLOYMENTS_CHANNEL,
  findChampion,
  findPreviousChampion,
  getChampion,
  getDeployment,
  getModel,
  listDeployments,
  recordGates,
  rollback,
  setDeployment,
  stageHistory,
  transition,
  versionSubject,
  type Stage,
  type Variant,
} from './index.ts'
import { createTestDatabase } from '../../test/database.ts'
import { createRegistryFixture, eventsOn, gate, type RegistryFixture } from './registry.fixture.ts'

let registry: RegistryFixture
beforeAll(async () => {
  registry = await createRegistryFixture()
})
afterAll(() => registry.close())

let nModels = 0
const newModel = () => `model-${++nModels}`
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.code,
  )
const move = (model: string, version: string, to: Stage) =>
  registry.inTx((tx) => transition(tx, { model, version, to, actor: 'ada', reason: 'tidy' }))
const back = (model: string) => registry.inTx((tx) => rollback(tx, { model, actor: 'olga', reason: 'errors rise' }))
const deploy = (model: string, variants: Variant[]) =>
  registry.inTx((tx) => setDeployment(tx, model, variants, { actor: 'ada', reason: 'try' }))
const champion = (version: string): Variant => ({ version, role: 'champion', share: 1 })
const beside = (version: string, role: 'staging' | 'shadow'): Variant => ({ version, role, share: 0 })
/** A model whose champions were, in this order, 1.0.0 … 1.n.0. */
async function modelWithChampions(n: number): Promise<string> {
  const model = newModel()
  for (let i = 0; i < n; i++) await registry.golive(await registry.approved({ model }))
  return model
}

describe('promote', () => {
  it('makes an approved version in staging the champion, and all answers come from it', async () => {
    const first = await registry.approved({ model: newModel() })
    const { model } = first
    expect(await registry.golive(first)).toEqual({ from: null, to: '1.0.0' })
    expect(await findChampion(registry.db, model)).toMatchObject({
      version: '1.0.0',
      stage: 'production',
      isChampion: true,
    })
    expect(await getDeployment(registry.db, model)).toEqual({ model, revision: 1, variants: [champion('1.0.0')] })
    const events = await eventsOn(registry.db, `model:${model}@1.0.0`)
    expect(events.at(-1)).toEqual({
      type: 'model.promoted',
      actor: 'ada',
      data: { from: null, approvalId: first.approvalId },
    })
  })

  it('archives the champion before and keeps it for a rollback', async () => {
    const model = await modelWithChampions(2)
    expect(await getModel(registry.db, model)).toMatchObject({ champion: '1.1.0', previousChampion: '1.0.0' })
    expect((await findPreviousChampion(registry.db, model))?.stage).toBe('archived')
  })

  it('changes nothing when it is repeated', async () => {
    const first = await registry.approved({ model: newModel() })
    await registry.golive(first)
    const before = await getModel(registry.db, first.model)
    expect(await registry.golive(first)).toEqual({ from: '1.0.0', to: '1.0.0' })
    expect(await getModel(registry.db, first.model)).toEqual(before)
  })

  it('needs the stage, a reason, and a version that exists', async () => {
    const version = await registry.register({ model: newModel() })
    const { id: approvalId } = await registry.vote(await registry.ask(version))
    expect(await code(registry.golive({ ...version, approvalId }))).toBe('STAGE_REFUSED')
    await registry.stage(version)
    expect(await code(registry.golive({ ...version, approvalId: 'none' }))).toBe('NOT_FOUND')
    expect(await code(registry.golive({ ...version, version: '8.0.0', approvalId }))).toBe('NOT_FOUND')
    expect(await registry.golive({ ...version, approvalId })).toMatchObject({ to: '1.0.0' })
  })

  it('needs an approval that was given', async () => {
    const version = await registry.stage(await registry.register({ model: newModel() }))
    const waiting = await registry.ask(version)
    const error = await registry.golive({ ...version, approvalId: waiting.id }).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'APPROVAL_MISSING', details: { reason: 'it is waiting' } })
    const rejected = await registry.vote(waiting, 'rita', 'reject')
    expect(await code(registry.golive({ ...version, approvalId: rejected.id }))).toBe('APPROVAL_MISSING')
  })

  it('needs an approval of this version and of this very file', async () => {
    const one = await registry.approved({ model: newModel() })
    const two = await registry.approved({ model: one.model })
    expect(await code(registry.golive({ ...two, approvalId: one.approvalId }))).toBe('APPROVAL_MISSING')
    await registry.db.$client.query('update model_versions set artifact = $1 where model = $2 and version = $3', [
      'f'.repeat(64),
      one.model,
      one.version,
    ])
    const error = await registry.golive(one).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'APPROVAL_MISSING', details: { reason: 'it was given for another file' } })
  })

  it('needs gates that do not block its file', async () => {
    const version = await registry.approved({ model: newModel() })
    const subject = versionSubject(version.model, version.version)
    const judge = (verdict: 'blocked' | 'waived' | 'warned', artifact = version.artifact) =>
      registry.inTx((tx) => recordGates(tx, { subject, gates: [gate({ verdict })], artifact }))
    await judge('blocked')
    expect(await code(registry.golive(version))).toBe('GATES_BLOCKED')
    await judge('waived')
    await judge('blocked', 'e'.repeat(64))
    expect(await code(registry.golive(version))).toBe('done')
  })

  it('uses an approval once: what was rolled back needs a new one', async () => {
    const model = await modelWithChampions(1)
    const second = await registry.approved({ model })
    await registry.golive(second)
    await back(model)
    await move(model, second.version, 'staging')
    expect(await code(registry.golive(second))).toBe('APPROVAL_MISSING')
    const again = await registry.vote(await registry.ask(second, { pipelineRunId: 'once more' }))
    expect(await registry.golive({ ...second, approvalId: again.id })).toEqual({ from: '1.0.0', to: '1.1.0' })
  })

  it('by two at the same time leaves one champion and a history in one line', async () => {
    const model = await modelWithChampions(1)
    const candidates = [await registry.approved({ model }), await registry.approved({ model })]
    const results = await Promise.all(candidates.map(registry.golive))
    expect(results.map(({ from }) => from)).toContain('1.0.0')
    const last = results.find(({ from }) => from !== '1.0.0')!
    expect(await getModel(registry.db, model)).toMatchObject({ champion: last.to, previousChampion: last.from })
    const { rows } = await registry.db.$client.query(
      `select version from model_versions where model = $1 and stage = 'production'`,
      [model],
    )
    expect(rows).toEqual([{ version: last.to }])
  })

  it('cannot be gone around: the database has room for one champion', async () => {
    const model = await modelWithChampions(2)
    const second = registry.db.$client.query(`update model_versions set stage = 'production' where model = $1`, [model])
    await expect(second).rejects.toThrow('model_versions_champion')
  })
})

describe('rollback', () => {
  it('puts the previous champion back, each time one further, without a new approval', async () => {
    const model = await modelWithChampions(3)
    expect(await back(model)).toEqual({ from: '1.2.0', to: '1.1.0' })
    expect(await back(model)).toEqual({ from: '1.1.0', to: '1.0.0' })
    expect(await code(back(model))).toBe('NO_PREVIOUS_CHAMPION')
    expect(await getDeployment(registry.db, model)).toMatchObject({ revision: 5, variants: [champion('1.0.0')] })
    expect((await eventsOn(registry.db, `model:${model}@1.0.0`)).at(-1)).toEqual({
      type: 'model.rolled_back',
      actor: 'olga',
      data: { from: '1.1.0', to: '1.0.0' },
    })
  })

  it('finds its way after a rollback and another promotion', async () => {
    const model = await modelWithChampions(2)
    await back(model)
    await registry.golive(await registry.approved({ model }))
    expect(await back(model)).toEqual({ from: '1.2.0', to: '1.0.0' })
  })

  it('needs a reason, a model, and a champion before', async () => {
    const model = await modelWithChampions(1)
    expect(await code(registry.inTx((tx) => rollback(tx, { model, actor: 'olga', reason: ' ' })))).toBe(
      'REASON_MISSING',
    )
    expect(await code(back(model))).toBe('NO_PREVIOUS_CHAMPION')
    expect(await code(back('nobody'))).toBe('NOT_FOUND')
  })

  it('by two at the same time goes back one each', async () => {
    const model = await modelWithChampions(3)
    const results = await Promise.all([back(model), back(model)])
    expect(results.map(({ from }) => from).toSorted()).toEqual(['1.1.0', '1.2.0'])
    expect((await findChampion(registry.db, model))?.version).toBe('1.0.0')
  })

  it('is on record: who was there at any time, by whom and on whose approval', async () => {
    const model = await modelWithChampions(2)
    await back(model)
    const entries = (await stageHistory(registry.db, model)).filter(({ to }) => to === 'production').toReversed()
    const tenures = await Promise.all(entries.map(({ at }) => championAt(registry.db, model, new Date(at))))
    expect(tenures).toMatchObject([
      { version: '1.0.0', action: 'promote', actor: 'ada', reason: 'better', approvedBy: [{ actor: 'rita' }] },
      { version: '1.1.0', action: 'promote', approvedBy: [{ actor: 'rita', reason: 'looked at it' }] },
      { version: '1.0.0', action: 'rollback', actor: 'olga', reason: 'errors rise', approvalId: entries[0].approvalId },
    ])
    expect(await championAt(registry.db, model, new Date(Date.parse(entries[0].at) - 1))).toBeUndefined()
    expect(await championAt(registry.db, model, new Date('2999-01-01'))).toEqual(tenures[2])
  })
})

describe('moving between stages', () => {
  it('goes to staging and the archive and back, with a reason', async () => {
    const { model, version } = await registry.register({ model: newModel() })
    for (const stage of ['staging', 'development', 'archived', 'staging', 'archived', 'development'] as const)
      expect((await move(model, version, stage)).stage).toBe(stage)
    const n = (await stageHistory(registry.db, model)).length
    await move(model, version, 'development')
    expect(await stageHistory(registry.db, model)).toHaveLength(n)
    const silent = registry.inTx((tx) => transition(tx, { model, version, to: 'staging', actor: 'ada', reason: '' }))
    expect(await code(silent)).toBe('REASON_MISSING')
  })

  it('never enters or leaves production', async () => {
    const model = await modelWithChampions(1)
    const { version } = await registry.stage(await registry.register({ model }))
    expect(await code(move(model, version, 'production'))).toBe('STAGE_REFUSED')
    expect(await code(move(model, '1.0.0', 'development'))).toBe('STAGE_REFUSED')
  })

  it('does not archive what is deployed', async () => {
    const model = await modelWithChampions(1)
    const { version } = await registry.stage(await registry.register({ model }))
    const put = (version: string) => registry.inTx((tx) => archive(tx, { model, version, actor: 'ada', reason: 'old' }))
    expect(await code(put('1.0.0'))).toBe('VERSION_DEPLOYED')
    await deploy(model, [champion('1.0.0'), beside(version, 'shadow')])
    expect(await code(put(version))).toBe('VERSION_DEPLOYED')
    await deploy(model, [champion('1.0.0')])
    expect((await put(version)).stage).toBe('archived')
  })
})

describe('a deployment', () => {
  it('is empty at revision 0 before the first, and wants a model', async () => {
    const { model } = await registry.register({ model: newModel() })
    expect(await getDeployment(registry.db, model)).toEqual({ model, revision: 0, variants: [] })
    expect(await code(getDeployment(registry.db, 'nobody'))).toBe('NOT_FOUND')
  })

  it('tells who serves: by NOTIFY and by an event without the reason', async () => {
    const database = await createTestDatabase()
    const listener = await openListener(database.connection)
    const heard: string[] = []
    listener.listen(DEPLOYMENTS_CHANNEL, (model) => heard.push(model))
    await database.db.$client.query(`insert into models (name) values ('told')`)
    await withTransaction(database.db, (tx) => setDeployment(tx, 'told', [], { actor: 'ada', reason: 'a long story' }))
    await expect.poll(() => heard).toEqual(['told'])
    expect(await eventsOn(database.db, 'model:told')).toEqual([
      { type: 'deployment.changed', actor: 'ada', data: { revision: 1, variants: [] } },
    ])
    await listener.close()
    await database.close()
  })

  it.each<[string, (other: string) => Variant[]]>([
    ['drops the champion', () => []],
    ['names another champion', (other) => [champion(other)]],
    ['gives the champion half', () => [{ ...champion('1.0.0'), share: 0.5 }]],
    ['gives staging a share', (other) => [champion('1.0.0'), { ...beside(other, 'staging'), share: 0.1 }]],
    ['has a role twice', (other) => [champion('1.0.0'), beside(other, 'shadow'), beside('1.0.0', 'shadow')]],
  ])('is refused when it %s', async (_, variants) => {
    const model = await modelWithChampions(1)
    const { version } = await registry.register({ model })
    expect(await code(deploy(model, variants(version)))).toBe('DEPLOYMENT_INVALID')
  })

  it('is of versions that exist', async () => {
    const model = await modelWithChampions(1)
    expect(await code(deploy(model, [champion('1.0.0'), beside('5.0.0', 'staging')]))).toBe('NOT_FOUND')
  })

  it('keeps staging and shadow of other versions when the champion changes', async () => {
    const model = await modelWithChampions(1)
    const [next, other] = [await registry.approved({ model }), await registry.register({ model })]
    await deploy(model, [champion('1.0.0'), beside(next.version, 'staging'), beside(other.version, 'shadow')])
    await registry.golive(next)
    const expected = [champion(next.version), beside(other.version, 'shadow')]
    expect((await getDeployment(registry.db, model)).variants).toEqual(expected)
    expect(await listDeployments(registry.db)).toContainEqual({ model, revision: 3, variants: expected })
  })
})

it('knows the champion that was made last, and says so where there is none', async () => {
  await modelWithChampions(1)
  const last = await modelWithChampions(1)
  expect((await getChampion(registry.db)).model).toBe(last)
  expect(await code(getChampion(registry.db, 'nobody'))).toBe('NOT_FOUND')
})

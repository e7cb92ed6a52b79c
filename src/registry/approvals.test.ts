import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FIRST_START_ACTOR } from '../access/index.ts'
import { standingRefusal, tally } from './approval-rules.ts'
import {
  castVote,
  expireApprovals,
  getApproval,
  listApprovals,
  mayApproveFirst,
  type Approval,
  type ApprovalRequest,
  type Ballot,
} from './index.ts'
import { createRegistryFixture, eventsOn, gate, type RegistryFixture } from './registry.fixture.ts'

let registry: RegistryFixture
beforeAll(async () => {
  registry = await createRegistryFixture()
})
afterAll(() => registry.close())

/** An approval of a new version by ada. */
const open = async (over: Partial<ApprovalRequest> = {}) => registry.ask(await registry.register(), over)
const cast = (approval: Approval, ballot: Partial<Ballot>) =>
  registry.inTx((tx) =>
    castVote(tx, { approvalId: approval.id, actor: 'rita', decision: 'approve', reason: 'looked at it', ...ballot }),
  )
const refusal = async (vote: Promise<unknown>) =>
  vote.then(
    () => 'counted',
    (error) => error.code,
  )

describe('a request', () => {
  it('waits, with what the reviewers are shown', async () => {
    const approval = await open({ pipelineRunId: 'run', gates: [gate({ verdict: 'warned' })] })
    expect(approval).toMatchObject({ status: 'waiting', requestedBy: 'ada', policy: 'four-eyes', votes: [] })
    expect(approval.gates).toEqual([gate({ verdict: 'warned' })])
    expect(await eventsOn(registry.db, `approval:${approval.id}`)).toMatchObject([
      { type: 'approval.requested', actor: 'ada', data: { pipelineRunId: 'run', required: 1 } },
    ])
  })

  it('is made once for a version and run, also by two at the same time and after it was decided', async () => {
    const version = await registry.register()
    const [one, two] = await Promise.all([registry.ask(version), registry.ask(version)])
    expect(one).toEqual(two)
    expect((await registry.ask(version, { pipelineRunId: 'another' })).id).not.toBe(one.id)
    const rejected = await registry.vote(one, 'rita', 'reject')
    expect(await registry.ask(version)).toEqual(rejected)
  })

  it('is made anew where the one before expired', async () => {
    const version = await registry.register()
    const expired = await registry.ask(version, { expiresAt: new Date(Date.now() - 1) })
    expect(expired.status).toBe('expired')
    const next = await registry.ask(version)
    expect(next).toMatchObject({ status: 'waiting' })
    expect(next.id).not.toBe(expired.id)
  })

  it('wants a model and a version that exist', async () => {
    expect(await refusal(registry.ask({ model: 'none', version: '1.0.0' }))).toBe('NOT_FOUND')
    expect(await refusal(registry.ask({ model: 'claims', version: '99.0.0' }))).toBe('NOT_FOUND')
    expect(await refusal(getApproval(registry.db, 'none'))).toBe('NOT_FOUND')
  })
})

describe('a vote', () => {
  it('approves, and says who and why', async () => {
    const approval = await cast(await open(), { reason: '  looked at fairness ' })
    expect(approval).toMatchObject({
      status: 'approved',
      votes: [
        { actor: 'rita', decision: 'approve', reason: 'looked at fairness', selfApproved: false, standing: false },
      ],
    })
    expect(approval.votes[0].at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    const events = await eventsOn(registry.db, `approval:${approval.id}`)
    expect(events.map(({ type }) => type)).toEqual(['approval.requested', 'approval.voted', 'approval.approved'])
    expect(JSON.stringify(events)).not.toContain('fairness')
  })

  it('needs a reason', async () => {
    expect(await refusal(cast(await open(), { reason: ' \n' }))).toBe('REASON_MISSING')
  })

  it('counts towards as many as are required, of different people', async () => {
    const approval = await open({ required: 2 })
    expect((await cast(approval, {})).status).toBe('waiting')
    expect(await refusal(cast(approval, {}))).toBe('APPROVAL_VOTED')
    expect((await cast(approval, { actor: 'rob' })).status).toBe('approved')
  })

  it('against ends it', async () => {
    const approval = await open({ required: 2 })
    await cast(approval, {})
    expect((await cast(approval, { actor: 'rob', decision: 'reject' })).status).toBe('rejected')
    const events = await eventsOn(registry.db, `approval:${approval.id}`)
    expect(events.at(-1)).toMatchObject({ type: 'approval.rejected', actor: 'rob' })
  })

  it('comes too late once it is decided, expired or void', async () => {
    expect(await refusal(cast(await cast(await open(), {}), { actor: 'rob' }))).toBe('APPROVAL_DECIDED')
    expect(await refusal(cast(await open({ expiresAt: new Date(Date.now() - 1) }), {}))).toBe('APPROVAL_EXPIRED')
    const version = await registry.register({ pipelineRunId: 'changes' })
    const voided = await registry.ask(version, { pipelineRunId: 'changes' })
    await registry.register({ pipelineRunId: 'changes' })
    expect(await refusal(cast(voided, {}))).toBe('APPROVAL_VOIDED')
  })

  it('under four eyes is not for who made the version or asked, neither for nor against', async () => {
    const approval = await registry.ask(await registry.register({ createdBy: 'ada' }), { requestedBy: 'grace' })
    for (const actor of ['ada', 'grace'])
      for (const decision of ['approve', 'reject'] as const)
        expect(await refusal(cast(approval, { actor, decision }))).toBe('APPROVAL_OWN_WORK')
    const error = await cast(approval, { actor: 'ada' }).catch((error: Error) => error)
    expect(error).toMatchObject({ message: expect.stringMatching(/^ada made claims [\d.]+ and cannot decide on it/) })
    expect((await cast(approval, {})).status).toBe('approved')
  })

  it('under solo may be one’s own, and is recorded so', async () => {
    const own = await cast(await open({ policy: 'solo' }), { actor: 'ada' })
    expect(own).toMatchObject({ status: 'approved', votes: [{ actor: 'ada', selfApproved: true }] })
    expect((await cast(await open({ policy: 'solo' }), {})).votes[0].selfApproved).toBe(false)
  })

  it('of two that come at the same time decides once', async () => {
    const approval = await open()
    const votes = await Promise.allSettled(['rita', 'rob', 'rosa'].map((actor) => cast(approval, { actor })))
    expect(votes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await getApproval(registry.db, approval.id)).votes).toHaveLength(1)
    const twice = await open({ required: 2 })
    await Promise.all(['rita', 'rob'].map((actor) => cast(twice, { actor })))
    const events = await eventsOn(registry.db, `approval:${twice.id}`)
    expect(events.filter(({ type }) => type === 'approval.approved')).toHaveLength(1)
  })

  it('of the same actor at the same time counts once', async () => {
    const approval = await open({ required: 2 })
    const votes = await Promise.all([1, 2, 3].map(() => refusal(cast(approval, {}))))
    expect(votes.toSorted()).toEqual(['APPROVAL_VOTED', 'APPROVAL_VOTED', 'counted'])
  })
})

describe('the standing approval', () => {
  const standing = { actor: FIRST_START_ACTOR, isStanding: true }

  it('is for the first-start actor and first champions only', () => {
    expect(standingRefusal({ ...standing, hadChampion: false })).toBeUndefined()
    expect(standingRefusal({ ...standing, hadChampion: true })).toMatch(/has had a champion/)
    expect(standingRefusal({ actor: 'ada', isStanding: true, hadChampion: false })).toMatch(/not for ada/)
    expect(standingRefusal({ actor: FIRST_START_ACTOR, isStanding: false, hadChampion: false })).toMatch(
      /no other vote/,
    )
    expect(standingRefusal({ actor: 'ada', isStanding: false, hadChampion: true })).toBeUndefined()
  })

  it('puts a first model live, own work or not, and its use is recorded', async () => {
    const first = await registry.register({ model: 'seed', createdBy: FIRST_START_ACTOR })
    expect(await mayApproveFirst(registry.db, 'seed')).toBe(true)
    const approval = await cast(
      await registry.ask(first, { policy: 'standing', requestedBy: FIRST_START_ACTOR }),
      standing,
    )
    expect(approval).toMatchObject({ status: 'approved', votes: [{ standing: true, selfApproved: false }] })
    await registry.stage(first)
    await registry.golive({ ...first, approvalId: approval.id })

    expect(await mayApproveFirst(registry.db, 'seed')).toBe(false)
    const second = await registry.register({ model: 'seed', createdBy: FIRST_START_ACTOR })
    expect(await refusal(cast(await registry.ask(second, { policy: 'solo' }), standing))).toBe('STANDING_REFUSED')
  })

  it('is no way for people, nor the policy a way around four eyes', async () => {
    const approval = await open({ policy: 'standing' })
    expect(await refusal(cast(approval, { isStanding: true }))).toBe('STANDING_REFUSED')
    expect(await refusal(cast(approval, { actor: FIRST_START_ACTOR }))).toBe('STANDING_REFUSED')
    expect(await refusal(cast(approval, { actor: 'ada' }))).toBe('APPROVAL_OWN_WORK')
  })
})

it('one rejection weighs more than all approvals', () => {
  expect(tally(1, [])).toBe('waiting')
  expect(tally(2, [{ decision: 'approve' }])).toBe('waiting')
  expect(tally(2, [{ decision: 'approve' }, { decision: 'approve' }])).toBe('approved')
  expect(tally(1, [{ decision: 'approve' }, { decision: 'reject' }])).toBe('rejected')
})

describe('expireApprovals', () => {
  it('ends what is over, tells of it, and does so once', async () => {
    const over = await open({ expiresAt: new Date(Date.now() - 1), pipelineRunId: 'late' })
    const waiting = await open()
    const ended = await registry.inTx((tx) => expireApprovals(tx, 'pipeline'))
    expect(ended).toContainEqual({ ...over, status: 'expired' })
    expect(ended.map(({ id }) => id)).not.toContain(waiting.id)
    expect((await eventsOn(registry.db, `approval:${over.id}`)).at(-1)).toMatchObject({
      type: 'approval.expired',
      actor: 'pipeline',
      data: { pipelineRunId: 'late' },
    })
    expect(await registry.inTx((tx) => expireApprovals(tx, 'pipeline'))).toEqual([])
  })
})

it('lists approvals by status, model and version, newest first', async () => {
  const version = await registry.register({ model: 'listed' })
  const first = await registry.ask(version)
  const second = await registry.vote(await registry.ask(version, { pipelineRunId: 'x' }))
  const ids = async (filter: Parameters<typeof listApprovals>[1]) =>
    (await listApprovals(registry.db, { model: 'listed', ...filter })).map(({ id }) => id)
  expect(await ids({})).toEqual([second.id, first.id])
  expect(await ids({ status: 'waiting' })).toEqual([first.id])
  expect(await ids({ version: '1.0.0', limit: 1 })).toEqual([second.id])
  expect(await ids({ version: '2.0.0' })).toEqual([])
})

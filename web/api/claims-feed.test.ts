import { describe, expect, it } from 'vitest'
import { ClaimsFeed, decisionMix, mostClaims, nSeconds } from './claims-feed.ts'
import type { ClaimMessage } from './types.ts'

const claim = (seq: number, over: Partial<ClaimMessage> = {}): ClaimMessage => ({
  type: 'claim',
  seq,
  claim: { claim_id: `C${seq}` },
  prediction: null,
  nSkipped: 0,
  ...over,
})
const scored = (decision: 'approve' | 'refer') => ({
  id: 'p',
  score: 0.5,
  decision,
  modelVersion: '1.0.0',
})
const start = 1_000_000_000_000

describe('ClaimsFeed', () => {
  it('shows the newest claim first', () => {
    const feed = new ClaimsFeed()
    feed.receive(claim(1), start)
    feed.receive(claim(2), start)
    expect(feed.view(start).claims.map((c) => c.seq)).toEqual([2, 1])
  })

  it('keeps only the newest, in order, however many come', () => {
    const feed = new ClaimsFeed()
    for (let seq = 1; seq <= mostClaims + 3; seq++) feed.receive(claim(seq), start)
    const view = feed.view(start)
    expect(view.claims).toHaveLength(mostClaims)
    expect(view.claims[0].seq).toBe(mostClaims + 3)
    expect(view.claims.at(-1)!.seq).toBe(4)
    expect(view.nReceived).toBe(mostClaims + 3)
  })

  it('counts claims of each finished second, skipped ones included', () => {
    const feed = new ClaimsFeed()
    feed.receive(claim(1), start)
    feed.receive(claim(2, { nSkipped: 9 }), start + 500)
    feed.receive(claim(12), start + 3_000)
    const { perSecond, nSkipped } = feed.view(start + 4_200)
    expect(perSecond).toHaveLength(nSeconds)
    expect(perSecond.slice(-4)).toEqual([11, 0, 0, 1])
    expect(nSkipped).toBe(9)
  })

  it('forgets the throughput of more than a minute ago', () => {
    const feed = new ClaimsFeed()
    feed.receive(claim(1), start)
    expect(feed.view(start + 200_000).perSecond.every((n) => n === 0)).toBe(true)
  })

  it('takes over the stream status and the drift report', () => {
    const feed = new ClaimsFeed()
    feed.receive({ type: 'status', running: true, rate: 5, drift: null, nSent: 3, startedAt: null }, start)
    expect(feed.isDirty).toBe(true)
    expect(feed.view(start).status).toEqual({ running: true, rate: 5, drift: null, nSent: 3, startedAt: null })
    expect(feed.isDirty).toBe(false)
  })
})

it('counts decisions, and claims no model has scored apart', () => {
  const claims = [claim(1, { prediction: scored('approve') }), claim(2, { prediction: scored('refer') }), claim(3)]
  expect(decisionMix(claims)).toEqual({ nApprove: 1, nRefer: 1, nUnscored: 1 })
})

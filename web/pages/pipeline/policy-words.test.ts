import { expect, it } from 'vitest'
import type { Approval, Me } from '../../api/types.ts'
import { standingOf } from './policy-words.ts'

const me: Me = {
  actor: { id: 'ada', name: 'Ada', kind: 'person', roles: ['admin'] },
  trustedLoopback: true,
  approvalPolicy: 'solo',
  nReviewers: 1,
}
const approval: Approval = {
  id: 'a1',
  model: 'claims-denial',
  version: '1.1.0',
  artifact: 'ff',
  pipelineRunId: null,
  policy: 'solo',
  required: 1,
  requestedBy: 'ada',
  requestedAt: '2026-03-01T10:00:00Z',
  expiresAt: '2026-03-08T10:00:00Z',
  status: 'waiting',
  votes: [],
  gates: [],
}

it('allows own approval under the solo policy and says that it is own work', () => {
  expect(standingOf(approval, me)).toEqual({ isOwnWork: true })
})

it('refuses own approval under four-eyes', () => {
  expect(standingOf({ ...approval, policy: 'four-eyes' }, me).refusal).toContain('four-eyes')
  expect(standingOf({ ...approval, policy: 'four-eyes', requestedBy: 'bo' }, me)).toEqual({ isOwnWork: false })
})

it('refuses a second vote of one person', () => {
  const vote = {
    actor: 'ada',
    decision: 'approve' as const,
    reason: 'ok',
    at: '',
    selfApproved: false,
    standing: false,
  }
  expect(standingOf({ ...approval, requestedBy: 'bo', votes: [vote] }, me).refusal).toContain('already')
})

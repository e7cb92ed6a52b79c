import { expect, test } from 'vitest'
import { withBranchStates } from './branches.ts'
import type { BranchView } from './schemas.ts'

const view = (over: Partial<BranchView> = {}): BranchView => ({
  name: 'train',
  title: 'Train',
  group: 'CD',
  role: 'model trainer',
  needs: [],
  state: 'pending',
  attempt: 0,
  startedAt: null,
  finishedAt: null,
  durationMs: null,
  progress: null,
  gates: [],
  error: null,
  ...over,
})
const at = (second: number) => new Date(Date.UTC(2026, 2, 1, 10, 0, second)).toISOString()
/** Ran from one second to another. */
const ran = (from: number, to: number, over: Partial<BranchView> = {}) =>
  view({
    state: 'succeeded',
    attempt: 1,
    startedAt: at(from),
    finishedAt: at(to),
    durationMs: (to - from) * 1_000,
    ...over,
  })

test.each<[own: BranchView['state'], branches: BranchView['state'][], seen: BranchView['state']]>([
  ['pending', ['pending', 'pending'], 'pending'],
  ['pending', ['queued', 'queued'], 'queued'],
  ['pending', ['queued', 'running'], 'running'],
  ['pending', ['succeeded', 'queued'], 'running'],
  ['pending', ['failed', 'running'], 'running'],
  ['pending', ['failed', 'succeeded'], 'failed'],
  ['cancelled', ['cancelled', 'succeeded'], 'cancelled'],
  ['running', ['succeeded', 'succeeded'], 'running'],
  ['failed', ['succeeded', 'succeeded'], 'failed'],
  ['succeeded', ['succeeded', 'cached'], 'succeeded'],
])('a step that is %s with branches that are %j is seen as %s', (own, branches, seen) => {
  expect(
    withBranchStates(
      view({ state: own }),
      branches.map((state) => view({ state })),
    ).state,
  ).toBe(seen)
})

test('a step without branches is seen as it is', () => {
  const own = view({ state: 'running' })
  expect(withBranchStates(own, [])).toBe(own)
})

test('its time runs from the first branch to its own end, without the time before a retry', () => {
  const branches = [ran(0, 10), ran(2, 5), ran(40, 45, { attempt: 2 })]
  expect(withBranchStates(view(), branches)).toMatchObject({ startedAt: at(0), finishedAt: at(45), durationMs: 15_000 })
  expect(withBranchStates(ran(45, 50), branches)).toMatchObject({ attempt: 2, finishedAt: at(50), durationMs: 20_000 })
  const running = view({ state: 'running', startedAt: at(2), durationMs: 1_000 })
  expect(withBranchStates(view(), [ran(0, 1), running])).toMatchObject({ finishedAt: null, durationMs: 2_000 })
})

test('its progress counts branches, those that run by their part', () => {
  const half = view({ state: 'running', progress: { done: 50, total: 100, text: '' } })
  expect(withBranchStates(view(), [ran(0, 1), half, view({ state: 'queued' })]).progress).toEqual({
    done: 1.5,
    total: 3,
    text: '1 of 3 branches done',
  })
})

test('a branch that failed is why the step failed', () => {
  const error = { code: 'TABLE_TOO_LARGE', message: 'too large' }
  expect(withBranchStates(view(), [ran(0, 1), view({ state: 'failed', error })]).error).toBe(error)
})

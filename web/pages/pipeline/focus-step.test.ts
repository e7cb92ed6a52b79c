import { expect, it } from 'vitest'
import type { StepState } from '../../api/types.ts'
import { stepOfInterest } from './focus-step.ts'

const of = (...states: StepState[]) =>
  stepOfInterest(states.map((state, i) => ({ name: String(i), state, branches: [] })))

it('looks at what failed before what waits before what runs', () => {
  expect(of('succeeded', 'running', 'waiting', 'failed')).toBe('3')
  expect(of('succeeded', 'running', 'waiting')).toBe('2')
  expect(of('succeeded', 'running', 'pending')).toBe('1')
})

it('looks at the last finished step when nothing moves, and at the first when nothing is finished', () => {
  expect(of('succeeded', 'cached', 'skipped')).toBe('1')
  expect(of('pending', 'pending')).toBe('0')
  expect(of()).toBeNull()
})

it('looks at the branch that failed a step, and at the step where none did', () => {
  const branches = [
    { name: 'one', state: 'succeeded' as const },
    { name: 'two', state: 'failed' as const },
  ]
  expect(stepOfInterest([{ name: 'join', state: 'failed', branches }])).toBe('two')
  expect(stepOfInterest([{ name: 'join', state: 'failed', branches: branches.slice(0, 1) }])).toBe('join')
  expect(stepOfInterest([{ name: 'join', state: 'running', branches }])).toBe('join')
})

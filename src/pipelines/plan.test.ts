import { expect, test } from 'vitest'
import {
  assertDefinition,
  withBranches,
  type DefinitionSnapshot,
  type PipelineDefinition,
  type StepDefinition,
} from './definition.ts'
import { canContinue, readySteps, runState, type PlannedRun } from './plan.ts'
import type { StepState } from './states.ts'

const step = (name: string, needs: string[] = [], group = 'CI') =>
  ({
    name,
    needs,
    group,
    title: name,
    description: '',
    role: '',
    retries: 0,
    timeoutMs: 1,
    source: '',
    codeVersion: '',
  }) as const

const definition: DefinitionSnapshot = {
  name: 'p',
  version: 1,
  groups: ['CI', 'CD'],
  steps: [step('a'), step('b', ['a']), step('c', ['a']), step('d', ['b', 'c']), step('e', ['d'], 'CD')] as never,
}

function planned(states: Record<string, StepState>, more: Partial<PlannedRun> = {}): PlannedRun {
  const all = Object.fromEntries(definition.steps.map(({ name }) => [name, states[name] ?? 'pending'])) as Record<
    string,
    StepState
  >
  return { definition, untilGroup: null, cancelRequested: false, states: all, ...more }
}

test.each<[string, Record<string, StepState>, Partial<PlannedRun>, string[]]>([
  ['the first step starts', {}, {}, ['a']],
  ['branches start together', { a: 'succeeded' }, {}, ['b', 'c']],
  ['a join waits for both', { a: 'succeeded', b: 'succeeded', c: 'running' }, {}, []],
  ['a cached step counts as done', { a: 'cached', b: 'succeeded', c: 'skipped' }, {}, ['d']],
  ['nothing starts after a failure', { a: 'succeeded', b: 'failed' }, {}, []],
  ['nothing starts once cancelled', { a: 'succeeded' }, { cancelRequested: true }, []],
  [
    'later groups wait to be continued',
    { a: 'succeeded', b: 'succeeded', c: 'succeeded', d: 'succeeded' },
    { untilGroup: 'CI' },
    [],
  ],
])('%s', (_, states, more, expected) => {
  expect(readySteps(planned(states, more))).toEqual(expected)
})

test.each<[Record<string, StepState>, string]>([
  [{ a: 'queued' }, 'running'],
  [{ a: 'succeeded', b: 'waiting' }, 'waiting'],
  [{ a: 'succeeded', b: 'failed', c: 'running' }, 'running'],
  [{ a: 'succeeded', b: 'failed' }, 'failed'],
  [{ a: 'succeeded', b: 'cancelled', c: 'failed' }, 'cancelled'],
])('a run with %o is %s', (states, expected) => {
  expect(runState(planned(states))).toBe(expected)
})

test('a run that ended with CI can be continued, a complete one cannot', () => {
  const ci: Record<string, StepState> = { a: 'succeeded', b: 'succeeded', c: 'succeeded', d: 'succeeded' }
  expect(canContinue(planned(ci))).toBe(true)
  expect(canContinue(planned({ ...ci, e: 'succeeded' }))).toBe(false)
})

test.each([
  ['twice', [step('a'), step('a')]],
  ['not defined before it', [step('a', ['b']), step('b')]],
  ['in no group', [step('a', [], 'XX')]],
  ['is a branch of b, which does not need it', [{ ...step('a'), branchOf: 'b' }, step('b')]],
])('a definition with a step %s is refused', (text, steps) => {
  const wrong = {
    name: 'p',
    version: 1,
    groups: ['CI'],
    steps: steps as unknown as StepDefinition[],
  } satisfies PipelineDefinition
  expect(() => assertDefinition(wrong)).toThrow(text)
})

test('a run takes those branches of a step that it names, in its order', () => {
  const branch = (name: string) => ({ ...step(name, ['a']), branchOf: 'd' })
  const all = {
    name: 'p',
    version: 1,
    groups: ['CI'],
    steps: [step('a'), branch('x'), branch('y'), branch('z'), step('d', ['a', 'x', 'y', 'z']), step('e', ['d'])],
  } as unknown as PipelineDefinition
  const taken = withBranches(all, 'd', ['z', 'x'])
  expect(taken.steps.map(({ name, needs }) => [name, ...needs])).toEqual([
    ['a'],
    ['z', 'a'],
    ['x', 'a'],
    ['d', 'a', 'x', 'z'],
    ['e', 'd'],
  ])
  expect(() => withBranches(all, 'd', ['e'])).toThrow('step d has no branch e')
})

import { expect, it } from 'vitest'
import type { GateResult, RunDetail, StepView } from '../../api/types.ts'
import { trainingVerdict } from './run-verdict.ts'

const gate = (name: string, verdict: GateResult['verdict']) => ({ gate: name, verdict }) as GateResult
const step = (...gates: GateResult[]) => ({ gates }) as StepView
const run = (part: Partial<RunDetail>) =>
  ({ model: 'fraud', modelVersion: '1.0.0', steps: [], failure: null, ...part }) as RunDetail

it('names what stops a model, the gravest first, each gate once and by its last word', () => {
  const verdict = trainingVerdict(
    run({
      state: 'failed',
      failure: { step: 'evaluate', code: 'GATE_BLOCKED', message: 'AUC is 0.6' },
      steps: [
        step(gate('a', 'warned'), gate('b', 'passed'), gate('c', 'blocked')),
        step(gate('a', 'blocked'), gate('d', 'warned'), gate('e', 'not-configured')),
      ],
    }),
  )
  expect(verdict.words).toBe('fraud 1.0.0 may not go live: 2 gates stop it.')
  expect(verdict.gates.map(({ gate, verdict }) => [gate, verdict])).toEqual([
    ['a', 'blocked'],
    ['c', 'blocked'],
    ['d', 'warned'],
  ])
})

it('gives the reason of a failure that no gate explains', () => {
  const failure = { step: 'data_validation', code: 'TARGET_INVALID', message: 'The target has one value.' }
  expect(trainingVerdict(run({ state: 'failed', failure })).words).toBe(
    'data validation failed: The target has one value.',
  )
})

it.each([
  ['succeeded', 'ok', 'in production'],
  ['waiting', 'warn', 'waits for a reviewer'],
  ['cancelled', 'idle', 'cancelled'],
  ['running', 'run', 'is being trained'],
] as const)('says what %s means', (state, tone, words) => {
  expect(trainingVerdict(run({ state }))).toMatchObject({ tone, words: expect.stringContaining(words) })
})

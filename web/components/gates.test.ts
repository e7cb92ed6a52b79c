import { expect, it } from 'vitest'
import type { GateResult, GateVerdict } from '../api/types.ts'
import { countVerdicts, formatThreshold, sortGates } from './gates.ts'

const gate = (verdict: GateVerdict): GateResult => ({
  gate: verdict,
  title: verdict,
  metric: 'auc',
  value: 0.9,
  severity: 'block',
  verdict,
  reason: '',
  advice: '',
})

it('puts what blocks first and what passed last', () => {
  const sorted = sortGates([gate('passed'), gate('unknown'), gate('blocked'), gate('warned')])
  expect(sorted.map((g) => g.verdict)).toEqual(['blocked', 'warned', 'unknown', 'passed'])
})

it('counts each verdict that occurs', () => {
  expect(countVerdicts([gate('passed'), gate('warned'), gate('passed')])).toEqual([
    { verdict: 'warned', n: 1 },
    { verdict: 'passed', n: 2 },
  ])
})

it('says what a gate asks for', () => {
  expect(formatThreshold({ op: '>=', threshold: 0.85 })).toBe('≥ 0.85')
  expect(formatThreshold({ op: 'between', threshold: [0.8, 1.25] })).toBe('0.8 to 1.25')
  expect(formatThreshold({})).toBe('–')
})

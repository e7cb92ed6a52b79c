import { expect, it } from 'vitest'
import type { Stage, StageChange } from '../api/types.ts'
import { tenureAt, tenures } from './tenures.ts'

const change = (hour: number, version: string, from: Stage | null, to: Stage): StageChange => ({
  at: new Date(hour * 3_600_000).toISOString(),
  version,
  from,
  to,
  action: 'move',
  actor: 'ada',
  reason: 'better',
  approvalId: null,
})
const at = (history: StageChange[], hour: number) => tenureAt(tenures(history), hour * 3_600_000)?.version

const history = [
  change(1, '1.0.0', 'staging', 'production'),
  change(3, '1.1.0', 'staging', 'production'),
  change(3, '1.0.0', 'production', 'archived'),
  change(5, '1.0.0', 'archived', 'production'),
  change(8, '1.0.0', 'production', 'archived'),
]

it('says which version was in production at any time, rollbacks included', () => {
  expect([0, 1, 2, 3, 4, 5, 7].map((hour) => at(history, hour))).toEqual([
    undefined,
    '1.0.0',
    '1.0.0',
    '1.1.0',
    '1.1.0',
    '1.0.0',
    '1.0.0',
  ])
})

it('knows times with nothing in production', () => {
  expect(at(history, 9)).toBeUndefined()
  expect(tenures([])).toEqual([])
})

it('does not mind the order in which the history comes', () => {
  expect(tenures(history.toReversed()).map((t) => t.version)).toEqual(tenures(history).map((t) => t.version))
})

it('leaves the tenure of the present champion open', () => {
  expect(tenures(history.slice(0, 2)).at(-1)).toMatchObject({ version: '1.1.0', untilMs: null })
})

import { expect, it } from 'vitest'
import type { Overview } from '../../api/types.ts'
import { checks, headline, isAllWell } from './verdict.ts'

const overview: Overview = {
  attention: [],
  runs: { active: 0, succeededToday: 2, failedToday: 0, successRate: 1, lastFailures: [] },
  champion: null,
  waitingApprovals: 0,
  serving: { nPredictions: 10, predictionsPerMinute: 300, p50Ms: 1.2, p99Ms: 4.5, nErrors: 0 },
  drift: { status: 'none', driftScore: 0.04 },
  resources: {
    rssBytes: 2e8,
    cpuShare: 0.2,
    eventLoopDelayP99Ms: 3,
    diskFreeBytes: 5e10,
    databaseBytes: 5e7,
    uptimeSeconds: 60,
  },
  estimatedRunMs: null,
}
const attention = [{ severity: 'high' as const, text: 'drift', link: '/claims' }]

it('is well when nobody has to do anything', () => {
  expect(isAllWell(overview)).toBe(true)
  expect(isAllWell({ ...overview, waitingApprovals: 1 })).toBe(false)
  expect(isAllWell({ ...overview, attention })).toBe(false)
})

it('says the gravest thing first', () => {
  expect(headline({ ...overview, attention, waitingApprovals: 1 })).toBe('1 thing needs attention')
  expect(headline({ ...overview, attention: [...attention, ...attention] })).toBe('2 things need attention')
  expect(headline({ ...overview, waitingApprovals: 1 })).toBe('Waiting for a decision')
  expect(headline(overview)).toBe('Nothing in production yet')
})

it('names each thing looked at and leaves out what is not known', () => {
  expect(checks(overview)).toEqual([
    '0 serving errors',
    'p99 4.5 ms',
    'no failed run today',
    'drift score 0.040',
    '50 GB of disk free',
    'event loop p99 3 ms',
  ])
  expect(checks({ ...overview, runs: { ...overview.runs, failedToday: 1 } })).toContain('1 failed run today')
  expect(checks({ ...overview, drift: null, serving: { ...overview.serving, p99Ms: null } })).not.toContain('p99 –')
})

import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluateCurves } from '../../learn/index.ts'
import type { GateResult, VersionDetail } from '../../registry/index.ts'
import { assay, cwd, reply } from '../command.fixture.ts'

const gate = (verdict: GateResult['verdict'], name: string): GateResult => ({
  gate: name,
  title: name,
  metric: name,
  value: 0.7,
  severity: 'block',
  verdict,
  reason: `${name} is 0.7 & <so>.`,
  advice: `Mend ${name}.`,
})
const interval = { estimate: 0.812, lower: 0.79, upper: 0.834, level: 0.95 }
const folds = { mean: 0.81, standardDeviation: 0.01, folds: [0.8, 0.82] }
const scores = { parameters: {}, cv: { rocAuc: folds, prAuc: folds, logLoss: folds }, durationMs: 5 }

const y = Uint8Array.from({ length: 100 }, (_, i) => (i % 5 < 2 ? 1 : 0))
const score = Float64Array.from({ length: 100 }, (_, i) => ((i * 37) % 100) / 130 + y[i] * 0.2)

const detail: VersionDetail = {
  model: 'fraud',
  version: '1.1.0',
  stage: 'development',
  artifact: 'ab12',
  sizeBytes: 900,
  algorithm: 'random_forest',
  runId: null,
  pipelineRunId: 'run-1',
  datasetVersion: 'd4',
  metrics: { rocAuc: interval },
  threshold: 0.3,
  signature: { columns: [], target: 'fraud', positive: 'Y' },
  createdAt: '2026-01-01T10:00:00.000Z',
  createdBy: 'ada',
  isChampion: false,
  cv: { rocAuc: folds },
  leaderboard: [{ algorithm: 'random_forest', ...scores }],
  curves: evaluateCurves(y, score),
  decision: { rule: 'lowest-cost', threshold: 0.3, costs: { falsePositive: 10, falseNegative: 200 } },
  importance: [{ feature: 'age', mean: 0.1, lower: 0.05, upper: 0.15 }],
  fairness: [],
  gates: [gate('passed', 'auc'), gate('warned', 'f1'), gate('blocked', 'fairness_x')],
  approvals: [],
  history: [],
}

test('a review tells the figures, the algorithms and what is in the way; a blocked version is exit code 1', async () => {
  reply('GET /models/fraud/1.1.0', detail)
  const { out, exitCode } = await assay(['review', 'fraud', '1.1.0'])
  expect(exitCode).toBe(1)
  expect(out).toContain('rocAuc  0.8120    0.7900 to 0.8340  0.8100 (sd 0.0100)')
  expect(out).toContain('0.3000, lowest-cost')
  expect(out).toMatch(/Gates: 1 of 3 passed\n  blocked .*fairness_x/)
  expect(out).toContain('Mend fairness_x. (fairness_x)')
  expect(out).toContain('Nobody has been asked')
})

test('without a version the newest is meant, and nothing in the way is exit code 0', async () => {
  reply('GET /models/fraud', { versions: [{ version: '1.1.0' }, { version: '1.0.0' }] })
  reply('GET /models/fraud/1.1.0', { ...detail, gates: [gate('passed', 'auc')] })
  const { out, exitCode } = await assay(['review', 'fraud', '--json'])
  expect(exitCode).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ version: '1.1.0' })
})

test('--html writes one file with every picture, that asks for nothing elsewhere', async () => {
  reply('GET /models/fraud/1.1.0', detail)
  await assay(['review', 'fraud', '1.1.0', '--html', 'review.html'])
  const html = fs.readFileSync(path.join(cwd, 'review.html'), 'utf8')
  expect(html.match(/<figure>/g)).toHaveLength(7)
  expect(html).toContain('fairness_x is 0.7 &amp; &lt;so&gt;.')
  expect(html).not.toMatch(/(src|href)=|@import|url\(http/)
  expect(html).not.toContain('NaN')
  const refused = await assay(['review', 'fraud', '1.1.0', '--html', 'no/folder/review.html'])
  expect(refused.err).toContain('FILE_UNREADABLE')
})

test('an unknown version is the server’s refusal', async () => {
  expect(await assay(['review', 'fraud', '9.9.9'])).toMatchObject({ exitCode: 4 })
})

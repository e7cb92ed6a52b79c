import { expect, it } from 'vitest'
import type { RunDetail } from '../pipelines/index.ts'
import type { Client } from './client.ts'
import type { Output } from './output.ts'
import { watchRun, withBranches } from './watch-run.ts'

type Step = RunDetail['steps'][number]

const step = (over: Partial<Step>): Step => ({
  name: 'full_train',
  title: 'Full train',
  group: 'CD',
  role: 'model trainer',
  needs: [],
  state: 'succeeded',
  attempt: 1,
  startedAt: null,
  finishedAt: null,
  durationMs: 2_000,
  progress: null,
  gates: [],
  error: null,
  branches: [],
  ...over,
})
const { branches: _, ...forest } = step({ name: 'train:random_forest', title: 'Random forest', durationMs: 1_500 })
const boosting = { ...forest, name: 'train:gradient_boosting', title: 'Gradient boosting' }
const error = { code: 'TABLE_TOO_LARGE', message: 'too large' }

it('tells the branches of a step before it, each once', async () => {
  const failed = [forest, { ...boosting, state: 'failed' as const, error }]
  const run = { state: 'failed', steps: [step({ state: 'failed', error, branches: failed })] }
  const lines: string[] = []
  const client = { get: async () => run } as Partial<Client> as Client
  const output = { note: (line: string) => lines.push(line), progress() {} } as Partial<Output> as Output
  const told = new Set<string>()
  for (let turn = 0; turn < 2; turn++)
    await watchRun({ client, output, signal: new AbortController().signal }, 'r', told)
  expect(lines.map((line) => line.replace(/ {2,}/g, '  '))).toEqual([
    '  succeeded  Random forest  1.5 s',
    '  failed  Gradient boosting  1.5 s  too large (TABLE_TOO_LARGE)',
    '  failed  Full train  2.0 s  too large (TABLE_TOO_LARGE)',
  ])
})

it('sets the titles of branches in', () => {
  expect(withBranches(step({ branches: [forest] })).map(({ title }) => title)).toEqual([
    '  Random forest',
    'Full train',
  ])
})

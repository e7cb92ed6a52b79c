import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { GlobalExplanation, PredictionExplanation } from '../../workflows/index.ts'
import { assay, asked, cwd, reply } from '../command.fixture.ts'

const AT = 'GET /models/fraud/versions/1.1.0/explanation'
const PREDICTION = '0197c4d2-6a1e-7c3b-9f00-2b7e4d1a8c55'

const explanation: GlobalExplanation = {
  model: 'fraud',
  version: '1.1.0',
  unit: 'logOdds',
  baseValue: -1.25,
  nRows: 240,
  method: 'tree-path-dependent',
  features: [
    {
      name: 'amount',
      kind: 'number',
      meanAbs: 0.8,
      lower: 0.7,
      upper: 0.9,
      values: [10, 900, null],
      contributions: [-0.5, 1, 0.1],
    },
    {
      name: 'day',
      kind: 'number',
      format: 'date',
      meanAbs: 0.2,
      lower: 0.15,
      upper: 0.25,
      values: [19_000, 19_001, 19_002],
      contributions: [0.2, -0.2, 0.1],
    },
    {
      name: 'kind',
      kind: 'category',
      meanAbs: 0.1,
      lower: 0.05,
      upper: 0.15,
      values: ['a', 'b', 'a'],
      contributions: [0.1, -0.1, 0.1],
    },
  ],
  dependence: [
    {
      feature: 'amount',
      kind: 'number',
      grid: [10, 900],
      mean: [0.125, 0.75],
      ice: [[0.1, 0.7]],
      share: [0.5, 0.25],
      missing: { mean: 0.5, ice: [0.4], share: 0.25 },
    },
    { feature: 'day', kind: 'number', format: 'date', grid: [19_000], mean: [0.3], ice: [[0.3]], share: [1] },
  ],
  importance: [
    { feature: 'kind', mean: 0.01, lower: 0, upper: 0.02 },
    { feature: 'amount', mean: 0.1234, lower: 0.1, upper: 0.15 },
  ],
}

const prediction: PredictionExplanation = {
  predictionId: PREDICTION,
  erased: false,
  model: 'fraud',
  version: '1.1.0',
  unit: 'logOdds',
  baseValue: -1.25,
  raw: 0.25,
  score: 0.5622,
  contributions: [
    { feature: 'amount', value: 900, contribution: 2 },
    { feature: 'kind', value: 'b', contribution: -1 },
    { feature: 'day', value: null, contribution: 0.5 },
  ],
}

test('a model is explained by a table of its features, the champion where no version is said', async () => {
  reply('GET /models/fraud', { champion: '1.1.0', versions: [{ version: '1.2.0' }, { version: '1.1.0' }] })
  reply(AT, explanation)
  const { out, exitCode } = await assay(['explain', '--model', 'fraud'])
  expect(exitCode).toBe(0)
  expect(out).toContain('fraud 1.1.0: how it decides, over 240 rows of the hold-out')
  expect(out).toContain('base value −1.250 log-odds')
  const lines = out.split('\n')
  expect(lines.find((line) => line.startsWith('amount'))).toMatch(/0\.800 +0\.700 to 0\.900 +0\.1234 +█{20}$/)
  expect(lines.find((line) => line.startsWith('day'))).toMatch(/0\.200 +0\.150 to 0\.250 +- +█{5}$/)
})

test('without a champion the newest is meant; --top shortens the table and says what is left', async () => {
  reply('GET /models/fraud', { champion: null, versions: [{ version: '1.1.0' }, { version: '1.0.0' }] })
  reply(AT, explanation)
  const { out } = await assay(['explain', '--model', 'fraud', '--top', '2'])
  expect(out).toContain('and 1 more; --top N shows them')
  expect(out).not.toMatch(/^kind/m)
})

test('--version is the version of the model, and assay --version that of Assay', async () => {
  reply(AT, explanation)
  const { out } = await assay(['explain', '--model', 'fraud', '--version', '1.1.0', '--json'])
  expect(JSON.parse(out)).toEqual(explanation)
  expect(asked.map(({ route }) => route)).toEqual([AT])
  expect((await assay(['--version'])).out).toMatch(/^\d+\.\d+\.\d+/)
})

test('a probability is told in percentage points', async () => {
  reply(AT, { ...explanation, unit: 'probability', baseValue: 0.25 })
  const { out } = await assay(['explain', '--model', 'fraud', '--version', '1.1.0'])
  expect(out).toContain('base value 25.00 %')
  expect(out).toMatch(/amount +80\.00 pp/)
})

test('--feature tells how the score follows one feature, missing values and dates in words', async () => {
  reply(AT, explanation)
  const of = (...more: string[]) => assay(['explain', '--model', 'fraud', '--version', '1.1.0', '--feature', ...more])
  const { out } = await of('amount')
  expect(out).toContain('amount in fraud 1.1.0: 1 of 3 by mean |contribution|, 0.800')
  expect(out).toMatch(/^900 +0\.7500 +25\.0 % +█{30}$/m)
  expect(out).toMatch(/^missing +0\.5000 +25\.0 % +█{20}$/m)
  expect((await of('day')).out).toMatch(/^2022-01-08 +0\.3000/m)
  const json = JSON.parse((await of('amount', '--json')).out)
  expect(json).toMatchObject({ model: 'fraud', rank: 1, feature: { name: 'amount' }, dependence: { grid: [10, 900] } })
})

test('a feature that the model does not have, or whose dependence is not kept, is refused by name', async () => {
  reply(AT, explanation)
  const of = (name: string) => assay(['explain', '--model', 'fraud', '--version', '1.1.0', '--feature', name])
  const unknown = await of('size')
  expect(unknown.exitCode).toBe(2)
  expect(unknown.err).toContain('has no feature size; its features are amount, day, kind')
  expect((await of('kind')).err).toContain('The dependence on kind is not kept')
})

test('a prediction is explained from the base value to its raw score', async () => {
  reply(`GET /predictions/${PREDICTION}/explanation`, prediction)
  const { out } = await assay(['explain', '--prediction', PREDICTION, '--top', '2'])
  expect(out).toContain(`Prediction ${PREDICTION}: fraud 1.1.0 answered 0.5622`)
  const lines = out.trim().split('\n')
  expect(lines.slice(3)).toEqual([
    expect.stringMatching(/^base value +−1\.250 log-odds$/),
    expect.stringMatching(/^amount +900 +\+2\.000 +│█{15}$/),
    expect.stringMatching(/^kind +b +−1\.000 +█{8}│$/),
    expect.stringMatching(/^1 other features +\+0\.500 +│█{4}$/),
    expect.stringMatching(/^raw score +\+0\.250 log-odds$/),
  ])
})

test('an erased subject leaves nothing to explain, and nothing to draw', async () => {
  const { predictionId, model, version, score } = prediction
  reply(`GET /predictions/${PREDICTION}/explanation`, { predictionId, erased: true, model, version, score })
  const { out, exitCode } = await assay(['explain', '--prediction', PREDICTION, '--html', 'why.html'])
  expect(exitCode).toBe(0)
  expect(out).toContain('Its subject was erased')
  expect(fs.existsSync(path.join(cwd, 'why.html'))).toBe(false)
})

test.each([
  ['a model', ['--model', 'fraud', '--version', '1.1.0'], 5],
  ['a feature', ['--model', 'fraud', '--version', '1.1.0', '--feature', 'amount'], 2],
  ['a prediction', ['--prediction', PREDICTION], 1],
])('--html writes %s to one file that asks for nothing elsewhere', async (_, argv, nPictures) => {
  reply(AT, explanation)
  reply(`GET /predictions/${PREDICTION}/explanation`, prediction)
  const { err } = await assay(['explain', ...argv, '--html', 'out.html'])
  expect(err).toContain('Written to')
  const html = fs.readFileSync(path.join(cwd, 'out.html'), 'utf8')
  expect(html.match(/<figure>/g)).toHaveLength(nPictures)
  expect(html).not.toMatch(/(src|href)=|@import|url\(http/)
  expect(html).not.toContain('NaN')
  const refused = await assay(['explain', ...argv, '--html', 'no/folder/out.html'])
  expect(refused.err).toContain('FILE_UNREADABLE')
})

test.each([
  [[], 'given neither'],
  [['--model', 'fraud', '--prediction', PREDICTION], 'given both'],
  [['--prediction', PREDICTION, '--feature', 'amount'], '--feature goes with --model only'],
  [['--prediction', PREDICTION, '--version', '1.0.0'], '--version goes with --model only'],
  [['--model', 'fraud', '--top', '0'], '--top is 0; wanted a whole number above 0'],
])('%j is refused', async (argv, reason) => {
  const { err, exitCode } = await assay(['explain', ...argv])
  expect(exitCode).toBe(2)
  expect(err).toContain(reason)
  expect(asked).toEqual([])
})

test('what is not there is the server’s refusal', async () => {
  expect(await assay(['explain', '--prediction', 'claim-1'])).toMatchObject({ exitCode: 4 })
  expect(await assay(['explain', '--model', 'fraud', '--version', '9.9.9'])).toMatchObject({ exitCode: 4 })
})

import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { asked, assay, cwd, reply } from '../command.fixture.ts'

const prediction = { id: 'p1', score: 0.25, decision: 'approve', modelVersion: '1.0.0', variant: 'champion' }
const signature = {
  columns: [
    { name: 'amount', kind: 'number' },
    { name: 'code', kind: 'category' },
    { name: 'day', kind: 'number', format: 'date' },
  ],
  target: 'fraud',
  positive: 'Y',
}

test('rows of a CSV file go as the model takes them; columns that it does not know stay behind', async () => {
  fs.writeFileSync(path.join(cwd, 'claims.csv'), 'amount,code,day,extra\n12.5,07,2026-01-02,x\n,8,,y\nmany,9,no,z\n')
  reply('GET /models/fraud', { champion: '1.0.0', versions: [{ version: '1.0.0', signature }] })
  reply('GET /health', {})
  reply('POST /predict/fraud', { predictions: [prediction, prediction, prediction] })
  const { out, exitCode } = await assay(['predict', 'fraud', '--file', 'claims.csv'])
  expect(exitCode).toBe(0)
  expect(out).toContain('0.25')
  expect(asked.find(({ route }) => route === 'POST /predict/fraud')!.body).toEqual({
    inputs: [
      { amount: 12.5, code: '07', day: '2026-01-02' },
      { amount: null, code: '8', day: null },
      { amount: 'many', code: '9', day: 'no' },
    ],
  })
})

test('JSON goes as it is', async () => {
  reply('GET /health', {})
  reply('POST /predict/fraud?variant=staging', { predictions: [prediction] })
  const { exitCode } = await assay(['predict', 'fraud', '--input', '{"amount": "1"}', '--variant', 'staging'])
  expect(exitCode).toBe(0)
  expect(asked.at(-1)!.body).toEqual({ inputs: [{ amount: '1' }] })
})

const bodyOfPredict = () => asked.find(({ route }) => route === 'POST /predict/fraud')?.body

/** A server whose model knows `signature` and answers each prediction. */
function serve(columns = signature.columns) {
  reply('GET /health', {})
  reply('GET /models/fraud', {
    champion: '1.0.0',
    versions: [{ version: '1.0.0', signature: { ...signature, columns } }],
  })
  reply('POST /predict/fraud', { predictions: [prediction] })
}

test('--subject names one person for all inputs', async () => {
  serve()
  const { exitCode } = await assay([
    'predict',
    'fraud',
    '--input',
    '[{"amount": 1}, {"amount": 2}]',
    '--subject',
    'M-1',
  ])
  expect(exitCode).toBe(0)
  expect(bodyOfPredict()).toEqual({ inputs: [{ amount: 1 }, { amount: 2 }], subject: 'M-1' })
})

test('--subject-column names the person of each row of a CSV file as written, and is no input', async () => {
  fs.writeFileSync(path.join(cwd, 'claims.csv'), 'amount,member\n1,007\n2,\n3,M-9\n')
  serve()
  const { exitCode } = await assay(['predict', 'fraud', '--file', 'claims.csv', '--subject-column', 'member'])
  expect(exitCode).toBe(0)
  expect(bodyOfPredict()).toEqual({
    inputs: [{ amount: 1 }, { amount: 2 }, { amount: 3 }],
    subjects: ['007', null, 'M-9'],
  })
})

test('--subject-column takes a key of JSON out of the inputs, unless the model knows it', async () => {
  const argv = [
    'predict',
    'fraud',
    '--input',
    '[{"amount": 1, "member": 7}, {"amount": 2}]',
    '--subject-column',
    'member',
  ]
  serve()
  await assay(argv)
  expect(bodyOfPredict()).toEqual({ inputs: [{ amount: 1 }, { amount: 2 }], subjects: ['7', null] })
  asked.length = 0
  serve([...signature.columns, { name: 'member', kind: 'number' }])
  await assay(argv)
  expect(bodyOfPredict()).toEqual({ inputs: [{ amount: 1, member: 7 }, { amount: 2 }], subjects: ['7', null] })
})

test.each([
  ['both flags', '{"m": "x"}', ['--subject', 'M-1', '--subject-column', 'm'], 'USAGE_INVALID'],
  ['an empty subject', '{"m": "x"}', ['--subject', ''], 'USAGE_INVALID'],
  [
    'a column that no input has',
    '{"m": "x"}',
    ['--subject-column', 'member'],
    'There is no column member; the data has m.',
  ],
  ['an object for a person', '[{"m": "x"}, {"m": {}}]', ['--subject-column', 'm'], 'input 2 has neither'],
  ['a number that lost digits', '{"m": 12345678901234567890}', ['--subject-column', 'm'], 'too large to be exact'],
])('%s is refused, and nothing is sent', async (_, input, flags, message) => {
  serve()
  const { err, exitCode } = await assay(['predict', 'fraud', '--input', input, ...flags])
  expect(exitCode).toBe(2)
  expect(err).toContain(message)
  expect(asked).toEqual([])
})

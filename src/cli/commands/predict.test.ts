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

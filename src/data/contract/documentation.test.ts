import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it, test } from 'vitest'
import { landSource, parseContract, validateLanded, violationCodes } from '../index.ts'
import { Contract, ContractColumn, ContractRule } from './contract.ts'
import { columnRoles, columnTypes } from './contract.ts'
import { numberFormats } from './value-formats.ts'

const page = fs.readFileSync(path.join(import.meta.dirname, '../../../docs/contracts.md'), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)![1]

it('the example of the page breaks its contract as the page says', async () => {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'assay-page-'))
  const csv = path.join(directory, 'claims.csv')
  fs.writeFileSync(csv, block('csv'))
  const landed = await landSource({ kind: 'csv', path: csv }, { directory })
  const options = { directory, asOf: new Date('2026-03-01T00:00:00Z') }
  const { violations, counts, quarantinePath } = await validateLanded(landed, parseContract(block('yaml')), options)
  const lines = violations.map(
    ({ code, column, rule, count }) => `${code} ${column ?? rule}: ${count} row${count > 1 ? 's' : ''}`,
  )
  expect(lines.toSorted()).toEqual(block('text').trim().split('\n').toSorted())
  const rows = fs
    .readFileSync(quarantinePath, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).row)
  expect(rows).toEqual([2, 3, 4])
  expect(counts.nValid).toBe(2)
  fs.rmSync(directory, { recursive: true })
})

test.each([
  ...[Contract, ContractColumn, ContractRule].flatMap(({ properties }) => Object.keys(properties)),
  ...columnTypes,
  ...columnRoles,
  ...violationCodes,
  ...numberFormats,
])('the page explains %s', (word) => {
  expect(page).toContain(`\`${word}\``)
})

import { describe, expect, it } from 'vitest'
import type { ContractColumn } from '../../../api/data-types.ts'
import { datasetVerdict, warningLevel } from './verdict.ts'

const version = { nRows: 990, nColumns: 12, nQuarantined: 10 }
const columns = [
  { name: 'age', role: 'feature' },
  { name: 'denied', role: 'target' },
] satisfies Pick<ContractColumn, 'name' | 'role'>[]

describe('datasetVerdict', () => {
  it('says how much there is, how much is kept out, what warns, and what can be learned', () => {
    const warnings = [
      { code: 'PERSONAL_DATA', column: 'ssn', message: '' },
      { code: 'HIGH_MISSING', column: 'age', message: '' },
    ]
    expect(datasetVerdict({ version, warnings, columns })).toEqual({
      isReady: true,
      facts: [
        '990 rows and 12 columns.',
        '10 rows (1.0 %) break the contract and are in quarantine.',
        '2 warnings, 1 of them serious.',
      ],
      readiness: 'Ready to train: predicts denied from 1 column.',
    })
  })

  it('keeps its grammar for one of each', () => {
    const { facts } = datasetVerdict({
      version: { nRows: 1, nColumns: 1, nQuarantined: 1 },
      warnings: [{ code: 'HIGH_MISSING', message: '' }],
      columns,
    })
    expect(facts).toEqual([
      '1 row and 1 column.',
      '1 row (50.0 %) breaks the contract and is in quarantine.',
      '1 warning, none of them serious.',
    ])
  })

  it('is ready without a target, which can be chosen at the training', () => {
    const verdict = datasetVerdict({ version, warnings: [], columns: columns.slice(0, 1) })
    expect(verdict).toMatchObject({ isReady: true, readiness: 'Ready to train, once a target is chosen.' })
    expect(datasetVerdict({ version, warnings: [], columns: undefined }).isReady).toBe(true)
  })

  it('says everything that keeps it from a training', () => {
    const verdict = datasetVerdict({
      version: { ...version, nRows: 0 },
      warnings: [],
      columns: [{ name: 'x', role: 'ignore' }],
    })
    expect(verdict).toMatchObject({
      isReady: false,
      readiness: 'Not ready to train: it has fewer than 100 rows, and no column has the role feature.',
    })
  })
})

it('tells serious warnings from others', () => {
  expect(warningLevel({ code: 'PERSONAL_DATA', message: '' })).toBe('serious')
  expect(warningLevel({ code: 'CONSTANT_COLUMN', message: '' })).toBe('notable')
})

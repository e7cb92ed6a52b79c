import { describe, expect, it } from 'vitest'
import { column } from '../../../api/column.fixture.ts'
import { reportWords } from './erase-panel.tsx'
import { identifiersOf } from './privacy-tab.tsx'

describe('identifiersOf', () => {
  it('lists what is declared and what was found, each column once', () => {
    const columns = [
      column('ssn', { pii: 'ssn', policy: 'drop' }),
      column('age', { policy: 'generalise' }),
      column('mail'),
      column('plan', { policy: 'keep' }),
    ]
    const warnings = [
      { code: 'PERSONAL_DATA', column: 'mail', message: 'mail looks like an address.' },
      { code: 'PERSONAL_DATA', column: 'ssn', message: 'ssn looks like a number.' },
      { code: 'PERSONAL_DATA', column: 'gone', message: 'gone looks like a name.' },
      { code: 'HIGH_MISSING', column: 'plan', message: 'plan is missing.' },
    ]
    expect(identifiersOf(columns, warnings)).toEqual([
      { column: 'ssn', kind: 'ssn', policy: 'drop', found: 'ssn looks like a number.' },
      { column: 'age', kind: 'not declared', policy: 'generalise', found: '' },
      { column: 'mail', kind: 'not declared', policy: 'keep', found: 'mail looks like an address.' },
      { column: 'gone', kind: 'not declared', policy: 'keep', found: 'gone looks like a name.' },
    ])
  })

  it('is empty without personal data', () => expect(identifiersOf([column('age')], [])).toEqual([]))
})

describe('reportWords', () => {
  const report = { erased: [], nKeysDestroyed: 0, models: [], sources: [], unsearched: [] }
  it('says what was done and what could not be', () => {
    expect(reportWords({ report: null })).toBe('not finished yet')
    expect(reportWords({ report })).toBe('Nothing was held.')
    expect(
      reportWords({
        report: {
          ...report,
          erased: [{ room: 'data', kind: 'row', id: 'x', count: 3, outcome: 'removed' }],
          nKeysDestroyed: 1,
          models: [{ model: 'fraud', version: '1.0.0', stage: 'production', datasetVersion: 'x' }],
          unsearched: ['y'],
        },
      }),
    ).toBe(
      '3 rows in 1 place, 1 key destroyed. Learned from it: fraud 1.0.0. Not searched, for want of a column of persons: 1 dataset version.',
    )
  })
})

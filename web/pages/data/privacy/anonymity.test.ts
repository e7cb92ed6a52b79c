import { describe, expect, it } from 'vitest'
import { column } from '../../../api/column.fixture.ts'
import type { AnonymityReport } from '../../../api/data-types.ts'
import { anonymityWords } from './anonymity-words.ts'
import { likelyQuasiIdentifiers } from './quasi-identifiers.ts'

describe('likelyQuasiIdentifiers', () => {
  it('takes personal data that many people share, and not what names one person', () => {
    const columns = [
      column('born', { pii: 'birth_date' }),
      column('mail', { pii: 'email' }),
      column('income', { policy: 'generalise' }),
      column('age', { role: 'id' }),
    ]
    expect(likelyQuasiIdentifiers(['born', 'mail', 'income', 'age'], columns)).toEqual(['born', 'income'])
  })

  it('goes by names where the contract says nothing, by whole words only', () => {
    const names = ['patient_age', 'PatientGender', 'insured zip', 'damage', 'passage_no', 'essex']
    expect(likelyQuasiIdentifiers(names, [])).toEqual(['patient_age', 'PatientGender', 'insured zip'])
  })

  it('takes only columns that the version still holds, and no more than the server does', () => {
    expect(likelyQuasiIdentifiers([], [column('age')])).toEqual([])
    expect(
      likelyQuasiIdentifiers(
        Array.from({ length: 30 }, (_, i) => `age_${i}`),
        [],
      ),
    ).toHaveLength(20)
  })
})

describe('anonymityWords', () => {
  const report: AnonymityReport = {
    nRows: 200,
    nClasses: 40,
    k: 1,
    nClassesBelow: 9,
    nRowsBelow: 12,
    l: null,
    t: null,
    remedies: [],
  }
  const request = { quasiIdentifiers: ['age', 'zip'], k: 5 }

  it('says how many rows stand out, and which change that keeps the column helps most', () => {
    const remedies = [
      { column: 'zip', change: 'leave it out', k: 8, nClassesBelow: 0, nRowsBelow: 0 },
      { column: 'zip', change: 'postcodes to three places', k: 4, nClassesBelow: 1, nRowsBelow: 4 },
    ]
    expect(anonymityWords({ ...report, remedies }, request)).toEqual({
      isGood: false,
      verdict: '12 of 200 rows (6.0 %) look like fewer than 4 others.',
      details: [
        'Of 40 classes of equal rows, 9 are smaller than 5; the smallest has 1 row, so somebody who knows these columns of a person finds that person’s row.',
        'It would help most to change zip (postcodes to three places): 4 rows would be left in classes smaller than 5.',
      ],
    })
  })

  it('says so when no single change helps', () => {
    expect(anonymityWords(report, request).details.at(-1)).toBe(
      'No change to one column alone would help; look at fewer columns, or coarsen several.',
    )
  })

  it('is good only when classes are large enough and none gives its value away', () => {
    const large = { ...report, k: 7, nClassesBelow: 0, nRowsBelow: 0 }
    expect(anonymityWords(large, request)).toEqual({
      isGood: true,
      verdict: 'Each row looks like at least 6 others: the data is 7-anonymous over these columns.',
      details: [],
    })
    const asked = { ...request, sensitive: 'diagnosis' }
    expect(anonymityWords({ ...large, l: 1, t: 0.8 }, asked)).toEqual({
      isGood: false,
      verdict: 'Each row looks like at least 6 others: the data is 7-anonymous over these columns, but not diverse.',
      details: [
        'In at least one class all rows have the same diagnosis: to know that a person is in it is to know the value.',
      ],
    })
    expect(anonymityWords({ ...large, l: 3, t: 0.2 }, asked)).toMatchObject({
      isGood: true,
      details: ['Each class has at least 3 different values of diagnosis.'],
    })
  })
})

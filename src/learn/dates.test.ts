import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { daysOfIsoDate, isoDateOfDays } from './dates.ts'

describe('daysOfIsoDate', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2024-02-29', 19_782],
    ['0001-01-01', -719_162],
    ['1970-01-02T12:00Z', 1.5],
    ['1970-01-02 12:00:00', 1.5],
    ['1970-01-02T12:00:00.000+06:00', 1.25],
    ['1970-01-02T12:00:00-0600', 1.75],
    ['1970-01-02T12:00:00-06', 1.75],
    ['1970-01-01T00:00:00.0019', 1 / 86_400_000],
  ])('gives the days of %s since 1970', (text, days) => {
    expect(daysOfIsoDate(text)).toBe(days)
  })

  it.each([
    '',
    '2023-02-29',
    '2023-13-01',
    '2023-00-10',
    '2023-1-1',
    '31.05.2024',
    '05/31/2024',
    '2024-05-31T24:00',
    '2024-05-31T10:60',
    '2024-05-31T10:00+24:00',
    '2024-05-31T10',
    ' 2024-05-31',
    '20240531',
    '12024-05-31',
  ])('does not guess at %j', (text) => {
    expect(daysOfIsoDate(text)).toBeUndefined()
  })

  it('agrees with the language on every moment, and is undone by isoDateOfDays', () => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(moment, (date) => {
        const days = daysOfIsoDate(date.toISOString())!
        expect(days).toBe(date.getTime() / 86_400_000)
        expect(daysOfIsoDate(isoDateOfDays(days))).toBe(days)
      }),
      { examples: [[new Date(8.64e7 * 19_782)]] },
    )
  })

  it('writes whole days as dates and others with their time', () => {
    expect([19_782, 19_782.5].map(isoDateOfDays)).toEqual(['2024-02-29', '2024-02-29T12:00:00.000Z'])
  })
})

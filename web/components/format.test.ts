import { describe, expect, it } from 'vitest'
import * as f from './format.ts'

describe('numbers', () => {
  it('are grouped, rounded and never NaN', () => {
    expect(f.formatCount(1234567)).toBe('1,234,567')
    expect(f.formatNumber(0.012345)).toBe('0.0123')
    expect(f.formatNumber(12345.6)).toBe('12,346')
    expect(f.formatNumber(-0.002)).toBe('−0.002')
    expect(f.formatScore(0.87654)).toBe('0.877')
    expect(f.formatShare(0.1234)).toBe('12.3 %')
    expect(f.formatDollars(1234.5)).toBe('$1,234.50')
    for (const format of [
      f.formatCount,
      f.formatNumber,
      f.formatScore,
      f.formatShare,
      f.formatDuration,
      f.formatBytes,
    ]) {
      expect([format(null), format(undefined), format(Number.NaN), format(Infinity)]).toEqual(Array(4).fill('–'))
    }
  })
  it('of things are counted in words', () => {
    expect([0, 1, 1200].map((n) => f.formatCountOf(n, 'row'))).toEqual(['0 rows', '1 row', '1,200 rows'])
  })
  it('of a difference carry a sign, and none when it rounds to zero', () => {
    expect([0.0214, -0.0214, 0.0001, -0.0001].map(f.formatDifference)).toEqual(['+0.021', '−0.021', '±0.000', '±0.000'])
  })
  it('of a test below 0.001 are not spelt out', () => {
    expect([0.0004, 0.04].map(f.formatPValue)).toEqual(['< 0.001', '0.040'])
  })
})

describe('formatDuration', () => {
  it.each([
    [0.421, '0.421 ms'],
    [12.4, '12 ms'],
    [3_400, '3.4 s'],
    [59_960, '1 min'],
    [125_000, '2 min 5 s'],
    [3_599_600, '1 h'],
    [11_520_000, '3 h 12 min'],
    [86_400_000 * 4 + 7_200_000, '4 d 2 h'],
  ])('%d ms is %s', (ms, text) => expect(f.formatDuration(ms)).toBe(text))
})

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_500, '1.5 kB'],
    [46_000_000, '46 MB'],
    [2e15, '2,000 TB'],
  ])('%d is %s', (bytes, text) => expect(f.formatBytes(bytes)).toBe(text))
})

describe('formatAgo', () => {
  const now = Date.parse('2026-03-01T10:00:00Z')
  it.each([
    ['2026-03-01T09:59:57Z', 'just now'],
    ['2026-03-01T09:59:30Z', '30 s ago'],
    ['2026-03-01T09:57:00Z', '3 min ago'],
    ['2026-03-01T07:00:00Z', '3 h ago'],
    ['2026-02-20T10:00:00Z', '9 d ago'],
    ['2026-03-08T10:00:00Z', 'in 7 d'],
    ['', '–'],
  ])('%s is %s', (at, text) => expect(f.formatAgo(at, now)).toBe(text))
})

it('puts machine names in words', () => {
  expect(['billed_amount', 'rocAuc', 'data.validity'].map(f.formatName)).toEqual([
    'billed amount',
    'roc auc',
    'data · validity',
  ])
})

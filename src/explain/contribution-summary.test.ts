import { describe, expect, it } from 'vitest'
import golden from '../../test/golden/student-t/quantiles.json' with { type: 'json' }
import { categories, numbers } from '../../test/learning-tables.ts'
import type { Table } from '../learn/index.ts'
import { summariseContributions } from './contribution-summary.ts'
import type { Explanation } from './explanation.ts'

const table: Table = {
  nRows: 4,
  columns: [
    categories('region', ['a', null, 'b', 'a']),
    { ...numbers('at', [19_000, 19_001, null, 19_003]), format: 'date' },
    numbers('ignored', [1, 2, 3, 4]),
    numbers('amount', [1, Infinity, 3, 4]),
  ],
}

/** Columns of contributions: amount, region, at. */
const explanation: Explanation = {
  unit: 'logOdds',
  baseValue: 0.5,
  features: ['amount', 'region', 'at'],
  nRows: 4,
  values: Float64Array.of(1, -2, 0, -1, 2, 0, 1, 3, 0, -1, -5, 0),
  raw: new Float64Array(4),
}

describe('summariseContributions', () => {
  it('orders the features by mean |contribution|, with Student’s interval over the rows', () => {
    const [region, amount, at] = summariseContributions(explanation, table)
    expect([region.name, amount.name, at.name]).toEqual(['region', 'amount', 'at'])
    // |2, 2, 3, 5|: mean 3, variance 2, so the standard error of the mean is the root of 2 / 4.
    const { t } = golden.quantiles.find(({ level, df }) => level === 0.95 && df === 3)!
    expect(region).toMatchObject({
      kind: 'category',
      meanAbs: 3,
      lower: expect.closeTo(3 - t * Math.SQRT1_2, 12) as number,
      upper: expect.closeTo(3 + t * Math.SQRT1_2, 12) as number,
    })
    expect(amount).toMatchObject({ meanAbs: 1, lower: 1, upper: 1 })
    expect(at).toMatchObject({ kind: 'number', format: 'date', meanAbs: 0, lower: 0, upper: 0 })
  })

  it('shows values beside contributions of the same rows, missing as null', () => {
    const [region, amount, at] = summariseContributions(explanation, table)
    expect(region.values).toEqual(['a', null, 'b', 'a'])
    expect(region.contributions).toEqual([-2, 2, 3, -5])
    expect(amount.values).toEqual([1, Infinity, 3, 4])
    expect(at.values).toEqual([19_000, 19_001, null, 19_003])
  })

  it('samples the same rows for every feature, by the seed', () => {
    const [region, amount] = summariseContributions(explanation, table, { nPoints: 2, seed: 1 })
    const rows = amount.values.map((value) => [1, Infinity, 3, 4].indexOf(value as number))
    expect(rows).toHaveLength(2)
    expect(rows).toEqual(rows.toSorted())
    expect(region.contributions).toEqual(rows.map((row) => [-2, 2, 3, -5][row]))
    expect(summariseContributions(explanation, table, { nPoints: 2, seed: 1 })[0]).toEqual(region)
    expect(region.meanAbs).toBe(3)
  })

  it('has no interval but the mean for one row, and refuses none', () => {
    const one = { ...explanation, nRows: 1, values: Float64Array.of(1, -2, 0) }
    expect(summariseContributions(one, table)[0]).toMatchObject({ meanAbs: 2, lower: 2, upper: 2 })
    const none = { ...explanation, nRows: 0, values: new Float64Array() }
    expect(() => summariseContributions(none, table)).toThrow('no rows')
  })
})

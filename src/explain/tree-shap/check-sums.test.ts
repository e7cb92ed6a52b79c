import { describe, expect, it } from 'vitest'
import { numbers } from '../../../test/learning-tables.ts'
import { takeRows, trainRegression } from '../../learn/index.ts'
import { createExplainer } from '../create-explainer.ts'
import type { Explanation } from '../explanation.ts'
import { checkSums } from './check-sums.ts'

const explained = (baseValue: number, values: number[], raw: number): Explanation => ({
  unit: 'target',
  baseValue,
  features: values.map((_, f) => `c${f}`),
  nRows: 1,
  values: Float64Array.from(values),
  raw: Float64Array.of(raw),
})

describe('the check of sums', () => {
  it('lets pass what is off by less than 1e-9, absolutely below 1 and as a share above', () => {
    expect(checkSums(explained(0.25, [0.5], 0.75 + 0.9e-9))).toBeUndefined()
    expect(() => checkSums(explained(0.25, [0.5], 0.75 + 1.1e-9))).toThrow('contributions')
    expect(checkSums(explained(1000, [500], 1500 + 1e-6))).toBeUndefined()
    expect(() => checkSums(explained(1000, [500], 1500 + 2e-6))).toThrow('contributions')
  })

  it('measures by the largest number that is added up, where these cancel to next to nothing', () => {
    expect(checkSums(explained(1e8, [-4e8, 3e8], 0.3))).toBeUndefined()
    expect(() => checkSums(explained(1e8, [-4e8, 3e8], 0.5))).toThrow('contributions')
  })

  it('lets nothing pass that is not a number', () => {
    expect(() => checkSums(explained(0, [NaN], 0))).toThrow('contributions')
    expect(() => checkSums(explained(0, [1], NaN))).toThrow('contributions')
  })
})

it('amounts of millions are explained, also those foretold to be next to nothing', async () => {
  const nRows = 400
  const row = Array.from({ length: nRows }, (_, row) => row)
  const table = { nRows, columns: [numbers('a', row.map((i) => i % 20)), numbers('b', row.map((i) => i % 7))] } // prettier-ignore
  // A thousand millionth of the greatest: the mean is some hundred millions, from which contributions lead back.
  const y = Float64Array.from(row, (i) => (i % 20 < 10 ? 0.3 + (i % 7) : 1e9 * (1 + (i % 7))))
  const options = { nTrees: 20, minSamplesLeaf: 1, nThreads: 1 }
  const model = await trainRegression({ table, y, target: 'paid', algorithm: 'random_forest', options })
  const small = takeRows(table, Int32Array.of(0, 1, 2, 3, 4, 5, 6))
  for (const background of [
    undefined,
    takeRows(
      table,
      Int32Array.from({ length: 20 }, (_, i) => 7 * i),
    ),
  ]) {
    const { raw, values, baseValue } = createExplainer(model, { background }).explain(small)
    raw.forEach((score, i) => expect(Math.abs(baseValue + values[2 * i] + values[2 * i + 1] - score)).toBeLessThan(1))
  }
})

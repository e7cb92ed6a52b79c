import { describe, expect, it } from 'vitest'
import golden from '../../../test/golden/logistic/logistic.json' with { type: 'json' }
import { categories, numbers, rowOf } from '../../../test/learning-tables.ts'
import type { Table } from '../table.ts'
import { logisticRegressionAlgorithm } from './algorithm.ts'
import { describeCoefficients } from './describe-coefficients.ts'
import type { LogisticRegressionOptions } from './options.ts'

function tableOf(columns: typeof golden.train | typeof golden.new): Table {
  return {
    nRows: columns.amount.length,
    columns: [
      numbers('amount', columns.amount),
      numbers('age', columns.age),
      numbers('at', columns.at),
      categories('region', columns.region),
      numbers('same', columns.same),
    ],
  }
}

const data = { table: tableOf(golden.train), y: Uint8Array.from(golden.y), target: 'fraud', positive: 'yes' }

describe.each(golden.cases)('$name', ({ options, weights, terms, coefficients, intercept, scores }) => {
  const fitted = logisticRegressionAlgorithm.train(
    { ...data, ...(weights ? { weights: Float64Array.from(weights) } : {}) },
    { ...(options as Partial<LogisticRegressionOptions>), tolerance: 1e-10, maxIterations: 10_000 },
    {},
  )
  // Both stop where a slope of about 1e-10 is left; the flattest direction has a curvature of about 1e-4.
  const closeTo = (wanted: number[]): unknown[] => wanted.map((value): unknown => expect.closeTo(value, 5))

  it('has the coefficients of scikit-learn', async () => {
    const described = describeCoefficients((await fitted).fit)
    expect(described.coefficients.map(({ column, term }) => [column, term])).toEqual(terms)
    expect(described.coefficients.map(({ standardised }) => standardised)).toEqual(closeTo(coefficients))
    expect(described.intercept.standardised).toBeCloseTo(intercept, 5)
  })

  it('sets the same coefficients to 0', async () => {
    const zeros = (values: Iterable<number>): number[] => Array.from(values, (value) => Number(value === 0))
    expect(zeros((await fitted).fit.coefficients)).toEqual(zeros(coefficients))
  })

  it('gives new rows the same scores, at once and one by one', async () => {
    const model = await fitted
    const table = tableOf(golden.new)
    const given = model.predict(table)
    expect([...given]).toEqual(closeTo(scores))
    expect(scores.map((_, row) => model.predictRow(rowOf(table, row)))).toEqual([...given])
  })
})

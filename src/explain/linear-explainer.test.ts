import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../test/golden/linear-shap/linear-shap.json' with { type: 'json' }
import { categories, mixedTable, numbers } from '../../test/learning-tables.ts'
import { linearPartsOf, takeRows, trainModel, type LinearParts, type Model, type Table } from '../learn/index.ts'
import { LinearExplainer, meanAddends } from './linear-explainer.ts'

function tableOf({ amount, at, region }: typeof golden.new | typeof golden.train): Table {
  const days = { ...numbers('at', at), format: 'date' as const }
  return { nRows: amount.length, columns: [numbers('amount', amount), days, categories('region', region)] }
}

const coded = (code: string): unknown => expect.objectContaining({ code })
const first = (table: Table, n: number): Table =>
  takeRows(
    table,
    Int32Array.from({ length: n }, (_, row) => row),
  )

const train = tableOf(golden.train)
const rows = tableOf(golden.new)
const background = first(train, golden.nBackground)
let model: Model
let parts: LinearParts

beforeAll(async () => {
  const options = { c: golden.c, tolerance: 1e-10, maxIterations: 10_000 }
  const data = { table: train, y: Uint8Array.from(golden.y), target: 'fraud', positive: 'yes' }
  model = await trainModel({ ...data, algorithm: 'logistic_regression', options })
  parts = linearPartsOf(model)!
})

describe('LinearExplainer', () => {
  it('gives the sums of shap’s LinearExplainer over the terms of each column', () => {
    const { baseValue, features, values, raw } = new LinearExplainer(parts, background).explain(rows)
    // Two solvers: a slope of 1e-10 is left over a curvature of at least 1e-3, times numbers of up to 300 deviations.
    expect(baseValue).toBeCloseTo(golden.baseValue, 6)
    expect(features).toEqual(golden.features)
    expect([...values]).toEqual(golden.values.flat().map((value): unknown => expect.closeTo(value, 5)))
    expect([...raw]).toEqual(golden.raw.map((value): unknown => expect.closeTo(value, 5)))
  })

  it('adds up to log-odds whose probability is the score', () => {
    const { baseValue, features, values, raw, unit } = new LinearExplainer(parts, background).explain(rows)
    expect(unit).toBe('logOdds')
    const scores = model.predict(rows)
    raw.forEach((logOdds, row) => {
      const given = values.subarray(row * features.length, (row + 1) * features.length)
      const sum = given.reduce((total, value) => total + value, baseValue)
      expect(Math.abs(sum - logOdds)).toBeLessThan(1e-9)
      expect(1 / (1 + Math.exp(-logOdds))).toBeCloseTo(scores[row], 12)
    })
  })

  it('gives nothing on average over its own background', () => {
    const { features, values, nRows } = new LinearExplainer(parts, background).explain(background)
    for (let f = 0; f < features.length; f++) {
      let sum = 0
      for (let row = 0; row < nRows; row++) sum += values[row * features.length + f]
      expect(Math.abs(sum / nRows)).toBeLessThan(1e-12)
    }
  })

  it('is a Shapley value by its definition: the mean over all orders in which columns become known', async () => {
    const { table, y } = mixedTable(120, 3)
    const trained = await trainModel({ table, y, target: 'y', positive: '1', algorithm: 'logistic_regression' })
    const others = first(table, 15)
    const row = takeRows(table, Int32Array.of(40))
    const explained = new LinearExplainer(linearPartsOf(trained)!, others).explain(row)
    explained.features.forEach((_, f) => {
      expect(explained.values[f]).toBeCloseTo(shapleyByDefinition(trained, others, { row, f }), 9)
    })
  })

  it('needs no more of its background than the means', () => {
    const kept = JSON.parse(JSON.stringify(meanAddends(parts, background))) as number[]
    expect(new LinearExplainer(parts, kept).explain(rows)).toEqual(new LinearExplainer(parts, background).explain(rows))
  })

  it('refuses a background without rows, and means of another model', () => {
    expect(() => new LinearExplainer(parts, first(train, 0))).toThrow(coded('BACKGROUND_EMPTY'))
    expect(() => new LinearExplainer(parts, [1, 2])).toThrow('2 means')
    expect(() => new LinearExplainer(parts, [1, 2, NaN])).toThrow(coded('BACKGROUND_MEANS_INVALID'))
  })
})

/** Mean raw score over the background rows with the known columns taken from the row; averaged over all sets of the others. */
function shapleyByDefinition(model: Model, background: Table, { row, f }: { row: Table; f: number }): number {
  const n = row.columns.length
  const repeated = takeRows(row, new Int32Array(background.nRows))
  const value = (known: number): number => {
    const columns = background.columns.map((column, c) => (known & (1 << c) ? repeated.columns[c] : column))
    const scores = model.predict({ ...background, columns })
    return scores.reduce((sum, score) => sum + Math.log(score / (1 - score)), 0) / scores.length
  }
  let phi = 0
  for (let known = 0; known < 1 << n; known++) {
    if (known & (1 << f)) continue
    let size = 0
    for (let c = 0; c < n; c++) size += (known >> c) & 1
    phi += (value(known | (1 << f)) - value(known)) * ((factorial(size) * factorial(n - size - 1)) / factorial(n))
  }
  return phi
}

const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))

import { describe, expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { trainMulticlass, trainRegression, type Table } from '../../learn/index.ts'
import { partialDependence } from './partial-dependence.ts'

const { table, y: labels } = mixedTable(120, 5)
const options = { nTrees: 5, nThreads: 1 }
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The table with one number in all rows of its first column. */
function withAmount(value: number): Table {
  const [amount, ...others] = table.columns
  if (amount.kind !== 'number') throw new Error('the first column is a number')
  return { ...table, columns: [{ ...amount, values: amount.values.map(() => value) }, ...others] }
}

describe('partialDependence', () => {
  it('follows a number in the unit of its target, also where its logarithm was learned', async () => {
    const y = Float64Array.from(labels, (label, row) => 40 * label + (row % 9) + 1)
    for (const loss of ['squared', 'gamma'] as const) {
      const model = await trainRegression({
        table,
        y,
        target: 't',
        algorithm: 'gradient_boosting',
        options: { ...options, loss },
      })
      const [given] = await partialDependence({ model, table, features: [table.columns[0].name] })
      const wanted = given.grid.map((value) => mean(model.predict(withAmount(value as number))))
      expect(given.mean).toEqual(wanted.map((value): unknown => expect.closeTo(value, 9)))
      expect(Math.max(...given.mean)).toBeGreaterThan(1)
      await expect(
        partialDependence({ model, table, features: [table.columns[0].name], class: 'a' }),
      ).rejects.toMatchObject({ code: 'CLASS_UNKNOWN' })
    }
  })

  it('follows the probability of one class, which add up to 1 over all', async () => {
    const y = Int32Array.from(labels, (label, row) => (label ? 1 : row % 3 === 0 ? 2 : 0))
    const classes = ['a', 'b', 'c']
    for (const algorithm of ['gradient_boosting', 'random_forest'] as const) {
      const model = await trainMulticlass({ table, y, classes, target: 't', algorithm, options })
      const features = table.columns.map(({ name }) => name)
      const ofClass = await Promise.all(
        classes.map((name) => partialDependence({ model, table, features, class: name, nCurves: 3 })),
      )
      for (const [f, { grid }] of ofClass[0].entries()) {
        for (const point of grid.keys()) {
          expect(ofClass.reduce((sum, each) => sum + each[f].mean[point], 0)).toBeCloseTo(1, 12)
          expect(ofClass.reduce((sum, each) => sum + each[f].ice[2][point], 0)).toBeCloseTo(1, 12)
        }
      }
      const scores = model.predict(withAmount(ofClass[0][0].grid[0] as number)).filter((_, i) => i % 3 === 1)
      expect(ofClass[1][0].mean[0]).toBeCloseTo(mean(scores), 12)
      await expect(partialDependence({ model, table, features })).rejects.toMatchObject({ code: 'CLASS_UNKNOWN' })
    }
  })
})

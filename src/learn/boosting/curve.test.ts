import { describe, expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { logLoss } from '../metrics/index.ts'
import { stratifiedHoldOut } from '../splits/stratified.ts'
import { takeRows } from '../table.ts'
import type { CurvePoint } from '../train-hooks.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import type { BoostingOptions } from './options.ts'

const { table, y } = mixedTable(2503)

async function curveOf(options: Partial<BoostingOptions>, weights?: Float64Array): Promise<CurvePoint[]> {
  const points: CurvePoint[] = []
  await new GradientBoostingClassifier(options).fit({ table, y, weights }, { curve: (point) => points.push(point) })
  return points
}

describe('the curve of gradient boosting', () => {
  it('is the log-loss of the training rows after each tree, falling', async () => {
    const points = await curveOf({ nTrees: 6, nThreads: 1 })
    expect(points.map(({ iteration }) => iteration)).toEqual([1, 2, 3, 4, 5, 6])
    expect(points.every(({ metric, on }) => metric === 'logLoss' && on === 'training')).toBe(true)
    for (const { iteration, loss } of points) {
      const fitted = await new GradientBoostingClassifier({ nTrees: iteration, nThreads: 1 }).fit({ table, y })
      // Raw scores are float32 while training.
      expect(loss).toBeCloseTo(logLoss(y, fitted.predict(table)), 6)
    }
    const losses = points.map(({ loss }) => loss)
    expect(losses).toEqual(losses.toSorted((a, b) => b - a))
  })

  it('counts rows by their weights', async () => {
    const weights = Float64Array.from(y, (_, row) => 1 + (row % 3))
    const [point] = await curveOf({ nTrees: 1, nThreads: 1 }, weights)
    const fitted = await new GradientBoostingClassifier({ nTrees: 1, nThreads: 1 }).fit({ table, y, weights })
    const order = Int32Array.from([...weights].flatMap((weight, row) => Array<number>(weight).fill(row)))
    const repeated = logLoss(
      Uint8Array.from(order, (row) => y[row]),
      fitted.predict(takeRows(table, order)),
    )
    expect(point.loss).toBeCloseTo(repeated, 6)
  })

  it('is the log-loss of the rows held out where there is patience', async () => {
    const options = { nTrees: 4, patience: 9, holdOutShare: 0.2, seed: 3, nThreads: 1 }
    const points = await curveOf(options)
    const { test } = stratifiedHoldOut(y, 0.2, 3)
    const labels = Uint8Array.from(test, (row) => y[row])
    const fitted = await new GradientBoostingClassifier(options).fit({ table, y })
    expect(points.at(-1)).toMatchObject({ iteration: 4, on: 'held-out' })
    expect(points.at(-1)!.loss).toBeCloseTo(logLoss(labels, fitted.predict(takeRows(table, test))), 6)
  })

  it('is the same for 1, 2 and 7 threads', async () => {
    const options = { nTrees: 3, rowShare: 0.7 }
    const one = await curveOf({ ...options, nThreads: 1 })
    for (const nThreads of [2, 7]) expect(await curveOf({ ...options, nThreads })).toEqual(one)
  })
})

import { describe, expect, it } from 'vitest'
import { areRealSetsThere, readElec2, readRealSet, realSets, whyNot } from '../../test/traps/real-sets.ts'
import { rowOf } from '../../test/learning-tables.ts'
import {
  loadModel,
  logLoss,
  rocAucScore,
  serialiseModel,
  stratifiedHoldOut,
  stratifiedSample,
  takeRows,
  trainModel,
} from './index.ts'

const names = [...Object.keys(realSets), 'elec2']

describe.skipIf(!areRealSetsThere)(`tables as they come, ids, dates and free texts included${whyNot}`, () => {
  it.each(
    names.flatMap((name) =>
      (['logistic_regression', 'random_forest', 'gradient_boosting'] as const).map(
        (algorithm) => [algorithm, name] as const,
      ),
    ),
  )('%s learns from the raw columns of %s, and serves them row by row', async (algorithm, name) => {
    const all = name === 'elec2' ? readElec2() : readRealSet(name)
    const some = stratifiedSample(all.y, Math.min(1, 6000 / all.y.length), 0)
    const [table, y] = [takeRows(all.table, some), Uint8Array.from(some, (row) => all.y[row])]
    const { train, test } = stratifiedHoldOut(y, 0.3, 0)
    const labelsOf = (rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => y[row])
    const data = { table: takeRows(table, train), y: labelsOf(train), target: all.target, positive: 'yes' }
    const trained =
      algorithm === 'random_forest'
        ? await trainModel({ ...data, algorithm, options: { nTrees: 40 } })
        : algorithm === 'gradient_boosting'
          ? // Some of these sets have 700 rows, which 100 trees fit by heart.
            await trainModel({ ...data, algorithm, options: { learningRate: 0.05, patience: 15, holdOutShare: 0.2 } })
          : await trainModel({ ...data, algorithm })
    const model = loadModel(serialiseModel(trained))
    const held = takeRows(table, test)
    const scores = model.predict(held)
    expect(rocAucScore(labelsOf(test), scores)).toBeGreaterThan(0.65)
    const rate = y.reduce((sum, label) => sum + label, 0) / y.length
    expect(logLoss(labelsOf(test), scores)).toBeLessThan(
      logLoss(labelsOf(test), new Float64Array(test.length).fill(rate)),
    )
    for (const row of [0, 1, 2]) expect(model.predictRow(rowOf(held, row))).toBe(scores[row])
  })
})

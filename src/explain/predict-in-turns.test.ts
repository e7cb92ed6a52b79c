import { beforeAll, describe, expect, it } from 'vitest'
import { mixedTable } from '../../test/learning-tables.ts'
import { takeRows, trainModel, trainMulticlass, type Model, type MulticlassModel, type Table } from '../learn/index.ts'
import { partialDependence } from './dependence/partial-dependence.ts'
import { permutationImportance } from './permutation-importance.ts'
import { predictInTurns } from './predict-in-turns.ts'

const nRows = 20_000
let model: Model
let classes: MulticlassModel
let table: Table
let y: Uint8Array

beforeAll(async () => {
  const small = mixedTable(500)
  const options = { nTrees: 3, nThreads: 1 }
  const rows = Int32Array.from({ length: nRows }, (_, row) => (row * 7) % 500)
  table = takeRows(small.table, rows)
  y = Uint8Array.from(rows, (row) => small.y[row])
  const given = { table: small.table, target: 'y', algorithm: 'gradient_boosting', options } as const
  model = await trainModel({ ...given, y: small.y, positive: '1' })
  const kinds = Int32Array.from(small.y, (label, row) => (label ? 2 : row % 2))
  classes = await trainMulticlass({ ...given, y: kinds, classes: ['a', 'b', 'c'] })
})

/** A model that counts the rows it scores between two turns of the event loop. */
function counting(given: Model): { model: Model; most: () => number; stop: () => void } {
  let [since, most] = [0, 0]
  let next = setImmediate(turn)
  function turn(): void {
    since = 0
    next = setImmediate(turn)
  }
  const predict = (some: Table): Float64Array => {
    since += some.nRows
    most = Math.max(most, since)
    return given.predict(some)
  }
  const counted = Object.assign(Object.create(given) as Model, { predict })
  return { model: counted, most: () => most, stop: () => clearImmediate(next) }
}

describe('predictions in turns', () => {
  it('are those made at once, of one class or of several, of few rows or of none', async () => {
    expect(await predictInTurns(model, table, {})).toEqual(model.predict(table))
    expect(await predictInTurns(classes, table, {})).toEqual(classes.predict(table))
    for (const n of [0, 1, 8192, 8193]) {
      const some = takeRows(
        table,
        Int32Array.from({ length: n }, (_, row) => row),
      )
      expect(await predictInTurns(classes, some, {})).toEqual(classes.predict(some))
    }
  })

  it('score no more than 8,192 rows between two looks at the signal, whoever asks', async () => {
    const { model: counted, most, stop } = counting(model)
    await permutationImportance({ model: counted, table, y, nRepeats: 2, maxRows: nRows })
    await partialDependence({ model: counted, table, features: ['amount'], nPoints: 3, maxRows: nRows })
    stop()
    expect(most()).toBe(8192)
  })

  it('end at the next look when they are cancelled', async () => {
    const controller = new AbortController()
    let nScored = 0
    const cancelling = {
      predict: (some: Table) => {
        nScored += some.nRows
        controller.abort(new Error('stop'))
        return model.predict(some)
      },
    }
    const scored = predictInTurns(cancelling, table, { signal: controller.signal })
    await expect(scored).rejects.toMatchObject({ code: 'EXPLANATION_CANCELLED' })
    expect(nScored).toBe(8192)
  })
})

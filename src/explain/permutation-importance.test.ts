import { beforeAll, describe, expect, it } from 'vitest'
import { createRandom, rocAucScore, trainModel, type Model, type Table } from '../learn/index.ts'
import { permutationImportance } from './index.ts'

/** `strong` decides the label, `weak` nudges it, `noise` has nothing to do with it. */
function makeTable(nRows: number, seed: number): { table: Table; y: Uint8Array } {
  const random = createRandom(seed)
  const column = (name: string): { kind: 'number'; name: string; values: Float64Array } => ({
    kind: 'number',
    name,
    values: Float64Array.from({ length: nRows }, () => random.unit()),
  })
  const [noise, weak, strong] = ['noise', 'weak', 'strong'].map(column)
  const y = Uint8Array.from(strong.values, (value, i) => (value + 0.3 * weak.values[i] > 0.65 ? 1 : 0))
  return { table: { nRows, columns: [noise, weak, strong] }, y }
}

const { table, y } = makeTable(400, 2)
let model: Model

beforeAll(async () => {
  const train = makeTable(600, 1)
  const options = { nTrees: 40, nThreads: 1 }
  model = await trainModel({ ...train, target: 'y', positive: '1', algorithm: 'random_forest', options })
})

describe('permutationImportance', () => {
  it('puts the features in the order of what they matter, with noise at zero', async () => {
    const importances = await permutationImportance({ model, table, y })
    expect(importances.map(({ feature }) => feature)).toEqual(['strong', 'weak', 'noise'])
    const [strong, weak, noise] = importances
    expect(strong.mean).toBeGreaterThan(0.2)
    expect(weak.lower).toBeGreaterThan(0)
    expect(Math.abs(noise.mean)).toBeLessThan(0.01)
    for (const { lower, mean, upper } of importances) {
      expect(lower).toBeLessThanOrEqual(mean)
      expect(mean).toBeLessThanOrEqual(upper)
    }
  })

  it('gives exactly zero for a column the model splits on nowhere', async () => {
    const constant = { kind: 'number' as const, name: 'constant', values: new Float64Array(600).fill(3) }
    const train = makeTable(600, 1)
    const columns = [...train.table.columns, constant]
    const input = { table: { nRows: 600, columns }, y: train.y, target: 'y', positive: '1' }
    const model = await trainModel({ ...input, algorithm: 'random_forest', options: { nTrees: 5, nThreads: 1 } })
    const importances = await permutationImportance({ model, table: { nRows: 600, columns }, y: train.y })
    expect(importances.find(({ feature }) => feature === 'constant')).toEqual({
      feature: 'constant',
      mean: 0,
      lower: 0,
      upper: 0,
    })
  })

  it('is the same for the same seed and near for another', async () => {
    const a = await permutationImportance({ model, table, y, seed: 5 })
    expect(await permutationImportance({ model, table, y, seed: 5 })).toEqual(a)
    const b = await permutationImportance({ model, table, y, seed: 6 })
    expect(b).not.toEqual(a)
    expect(Math.abs(a[0].mean - b[0].mean)).toBeLessThan(0.05)
  })

  it('measures the loss of the metric it is given, on no more rows than it may', async () => {
    const seen: number[] = []
    const metric = (y: Uint8Array, score: Float64Array): number => {
      seen.push(y.length)
      return rocAucScore(y, score)
    }
    await permutationImportance({ model, table, y, metric, maxRows: 100, nRepeats: 2 })
    expect(seen).toHaveLength(1 + 3 * 2)
    // Each class is rounded for itself.
    expect(Math.max(...seen)).toBeLessThanOrEqual(101)
  })

  it('leaves the table as it was', async () => {
    const before = structuredClone(table)
    await permutationImportance({ model, table, y, nRepeats: 2 })
    expect(table).toEqual(before)
  })

  it('tells progress and stops when it is told to', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const progress = (done: number, total: number): void => {
      seen.push(done, total)
      if (done === 4) controller.abort()
    }
    const running = permutationImportance({ model, table, y }, { progress, signal: controller.signal })
    await expect(running).rejects.toMatchObject({ code: 'EXPLANATION_CANCELLED' })
    expect(seen).toEqual([1, 15, 2, 15, 3, 15, 4, 15])
  })

  it('refuses one repeat, which has no interval, and labels that do not fit', async () => {
    await expect(permutationImportance({ model, table, y, nRepeats: 1 })).rejects.toThrow('Option nRepeats is 1')
    await expect(permutationImportance({ model, table, y: y.subarray(1) })).rejects.toThrow('399 labels for 400 rows')
  })
})

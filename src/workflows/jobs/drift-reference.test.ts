import { describe, expect, it } from 'vitest'
import { createRandom, takeRows, trainModel, type Table } from '../../learn/index.ts'
import { countInto, psi } from '../../stats/index.ts'
import { driftReference } from './drift-reference.ts'

describe('driftReference', () => {
  it('does not take the scores of new claims for drifted, as those of the training rows would', async () => {
    const n = 3_000
    const random = createRandom(3)
    const values = Float64Array.from({ length: n }, () => random.unit())
    const noise = Float64Array.from({ length: n }, () => random.unit())
    const y = Uint8Array.from(values, (value) => (value * 0.6 + 0.2 > random.unit() ? 1 : 0))
    const table: Table = {
      nRows: n,
      columns: [
        { kind: 'number', name: 'x', values },
        { kind: 'number', name: 'noise', values: noise },
      ],
    }
    const rows = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i)
    const part = (from: number, to: number): Table => takeRows(table, rows(from, to))
    const algorithm = 'random_forest'
    const options = { nTrees: 50, minSamplesLeaf: 1, nThreads: 1 }
    const model = await trainModel({
      table: part(0, 1_000),
      y: y.slice(0, 1_000),
      target: 'y',
      positive: '1',
      algorithm,
      options,
    })
    const psiOf = (score: Float64Array): number => {
      const { bins, counts } = driftReference({ table, train: rows(0, 1_000) }, score).find(
        ({ name }) => name === 'score',
      )!
      const live = { kind: 'number' as const, name: 'score', values: model.predict(part(2_000, 3_000)) }
      return psi(counts, [...countInto(bins, live)])
    }
    expect(psiOf(model.predict(part(1_000, 2_000)))).toBeLessThan(0.05)
    expect(psiOf(model.predict(part(0, 1_000)))).toBeGreaterThan(0.2)
  })
})

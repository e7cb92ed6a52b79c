import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISSING_BIN } from './index.ts'
import { place } from './testing/place.ts'

describe('rankByRate', () => {
  it('ranks levels by their smoothed rate among the given rows, ties by bin', () => {
    const row = fc.record({
      bin: fc.integer({ min: 0, max: 5 }),
      label: fc.integer({ min: 0, max: 1 }),
      used: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (table) => {
        const used = [...table.keys()].filter((i) => table[i].used)
        const nBins = 6
        const { kernels, at } = place({
          column: Uint8Array.from(table, (row) => row.bin),
          labels: Uint8Array.from(table, (row) => row.label),
          rows: Uint32Array.from(used),
          rank: new Uint8Array(256),
          scratch: new Float64Array(384),
        })
        const { column, labels, rows, rank, scratch } = at
        kernels.rankByRate(
          ...([column.byteOffset, nBins, labels.byteOffset, rows.byteOffset, used.length] as const),
          rank.byteOffset,
          scratch.byteOffset,
        )
        const prior = used.length ? used.filter((i) => table[i].label).length / used.length : 0
        const rates = Array.from({ length: nBins }, (_, bin) => {
          const of = used.filter((i) => table[i].bin === bin)
          return (of.filter((i) => table[i].label).length + 10 * prior) / (of.length + 10)
        })
        const order = [...rates.keys()].sort((a, b) => rates[a] - rates[b] || a - b)
        expect([...rank.subarray(0, nBins)]).toEqual(rates.map((_, bin) => order.indexOf(bin)))
        expect(rank[MISSING_BIN]).toBe(MISSING_BIN)
      }),
    )
  })

  it('gives the overall rate the weight of 10 rows', () => {
    // One positive row of one: (1 + 3.9) / 11 = 0.445. 11 positive of 20: (11 + 3.9) / 30 = 0.497. 4 of 20: 0.263.
    const bins = [0, ...Array<number>(20).fill(1), ...Array<number>(20).fill(2)]
    const labels = bins.map((bin, i) => (bin === 0 || (bin === 1 && i <= 11) || (bin === 2 && i <= 24) ? 1 : 0))
    const { kernels, at } = place({
      column: Uint8Array.from(bins),
      labels: Uint8Array.from(labels),
      rows: Uint32Array.from(bins.keys()),
      rank: new Uint8Array(256),
      scratch: new Float64Array(384),
    })
    const { column, labels: y, rows, rank, scratch } = at
    kernels.rankByRate(
      ...([column.byteOffset, 3, y.byteOffset, rows.byteOffset, bins.length] as const),
      rank.byteOffset,
      scratch.byteOffset,
    )
    expect([...rank.subarray(0, 3)]).toEqual([1, 2, 0])
  })
})

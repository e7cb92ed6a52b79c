import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISSING_BIN } from './index.ts'
import { place } from './testing/place.ts'

describe('partition', () => {
  it('keeps the order on both sides and touches no other rows', () => {
    const column = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(column, fc.integer({ min: 0, max: 255 }), fc.nat(10), fc.nat(10), (column, cut, skip, drop) => {
        const begin = Math.min(skip, column.length)
        const end = Math.max(begin, column.length - drop)
        const { kernels, at } = place({
          column: Uint8Array.from(column),
          side: Uint8Array.from({ length: 256 }, (_, bin) => (bin > cut ? 1 : 0)),
          rows: Uint32Array.from(column.keys()),
          spare: new Uint32Array(column.length),
        })
        const { column: col, side, rows, spare } = at
        const middle = kernels.partition(
          ...([col.byteOffset, side.byteOffset, rows.byteOffset, begin, end, spare.byteOffset] as const),
        )
        const inside = [...column.keys()].slice(begin, end)
        const left = inside.filter((row) => column[row] <= cut)
        const right = inside.filter((row) => column[row] > cut)
        expect(middle).toBe(begin + left.length)
        expect([...rows]).toEqual([
          ...[...column.keys()].slice(0, begin),
          ...left,
          ...right,
          ...[...column.keys()].slice(end),
        ])
      }),
    )
  })
})

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
})

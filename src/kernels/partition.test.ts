import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

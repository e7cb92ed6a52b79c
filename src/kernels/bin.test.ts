import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISSING_BIN } from './index.ts'
import { place } from './testing/place.ts'

/** The definition, said slowly. */
const slowBin = (value: number, edges: Float32Array): number =>
  Number.isNaN(value) ? MISSING_BIN : edges.filter((edge) => edge < Math.fround(value)).length

const edgesOf = (values: number[]): Float32Array => Float32Array.from(new Set(values.map(Math.fround))).sort()

describe('binNumbers', () => {
  it('counts the edges below each value, as the definition says', () => {
    const values = fc.array(fc.oneof(fc.double(), fc.integer({ min: -5, max: 5 })), { minLength: 1, maxLength: 50 })
    const edges = fc.array(fc.oneof(fc.float({ noNaN: true }), fc.integer({ min: -5, max: 5 })), { maxLength: 254 })
    fc.assert(
      fc.property(values, edges, (values, cuts) => {
        const stride = 3
        const sorted = edgesOf(cuts)
        const out = new Uint8Array(values.length * stride)
        const { kernels, at } = place({ values: Float64Array.from(values), edges: sorted, out })
        const edgesAt = at.edges.byteOffset
        kernels.binNumbers(at.values.byteOffset, values.length, edgesAt, sorted.length, at.out.byteOffset, stride)
        const wanted = values.map((value) => slowBin(value, sorted))
        expect([...at.out].filter((_, i) => i % stride === 0)).toEqual(wanted)
        expect(values.map((value) => kernels.binNumber(value, edgesAt, sorted.length))).toEqual(wanted)
      }),
    )
  })

  it('puts a value that equals an edge below it, and infinities at the ends', () => {
    const { kernels, at } = place({ edges: Float32Array.of(-1, 0, 2.5) })
    const bins = [-Infinity, -1, -0, 0, 2.5, 2.6, Infinity, NaN].map((value) =>
      kernels.binNumber(value, at.edges.byteOffset, 3),
    )
    expect(bins).toEqual([0, 0, 1, 1, 2, 3, 3, MISSING_BIN])
  })
})

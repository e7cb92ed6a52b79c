import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EDGES_SCRATCH_BYTES, MISSING_BIN } from './index.ts'
import { place } from './testing/place.ts'
import { quantileEdges } from '../learn/quantile-edges.ts'

/** The edges of these values by the kernel. */
function edgesByKernel(values: Float32Array, maxBins: number): Float32Array {
  const { kernels, at } = place({
    values,
    scratch: new Uint8Array(EDGES_SCRATCH_BYTES),
    edges: new Float32Array(256),
  })
  const { values: v, scratch, edges } = at
  const n = kernels.columnEdges(v.byteOffset, values.length, maxBins, scratch.byteOffset, edges.byteOffset)
  return edges.slice(0, n)
}

const special = fc.constantFrom(NaN, -0, 0, Infinity, -Infinity, 1e-45, -1e-45, 3.4e38, -3.4e38)
const value = fc.oneof(special, fc.integer({ min: -5, max: 5 }), fc.float(), fc.constant(7))

describe('columnEdges', () => {
  it('gives the edges of quantileEdges, bit for bit', () => {
    const maxBins = fc.constantFrom(2, 3, 7, 255)
    fc.assert(
      fc.property(fc.array(value, { maxLength: 700 }), maxBins, (values, maxBins) => {
        const floats = Float32Array.from(values)
        expect(edgesByKernel(floats, maxBins)).toEqual(quantileEdges(Float64Array.from(floats), maxBins))
      }),
    )
  })

  it('takes the same sample of more than 200,000 values', () => {
    const floats = Float32Array.from({ length: 450_000 }, (_, i) => (i % 11 === 0 ? NaN : Math.sin(i * i)))
    expect(edgesByKernel(floats, 255)).toEqual(quantileEdges(Float64Array.from(floats), 255))
  })
})

describe('binFloats', () => {
  it('counts the edges below a value, as binNumber does, and writes with a stride', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 60 }), (values) => {
        const floats = Float32Array.from(values)
        const edges = quantileEdges(Float64Array.from(floats), 9)
        const { kernels, at } = place({ floats, edges, out: new Uint8Array(4 * floats.length) })
        const [f, e, o] = [at.floats, at.edges, at.out].map((view) => view.byteOffset)
        kernels.binFloats(f, floats.length, e, edges.length, MISSING_BIN, o + 1, 4)
        floats.forEach((float, i) => {
          const bin = kernels.binNumber(float, e, edges.length)
          expect([...at.out.subarray(4 * i, 4 * i + 4)]).toEqual([0, bin, 0, 0])
        })
      }),
    )
  })
})

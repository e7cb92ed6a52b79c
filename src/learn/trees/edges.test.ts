import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Arena, EDGES_SCRATCH_BYTES, instantiateKernels, MISSING_BIN, type Kernels } from '../../kernels/index.ts'
import { quantileEdges } from '../quantile-edges.ts'

/** Kernels, with these values in their memory. */
function place(values: Float32Array): {
  kernels: Kernels
  values: Float32Array
  edges: Float32Array
  spare: Uint8Array
} {
  const arena = new Arena()
  const room = arena.reserve(Float32Array, values.length)
  const edges = arena.reserve(Float32Array, 256)
  const spare = arena.reserve(Uint8Array, EDGES_SCRATCH_BYTES)
  const kernels = instantiateKernels(arena.allocate())
  room().set(values)
  return { kernels, values: room(), edges: edges(), spare: spare() }
}

/** The edges of these values by the kernel. */
function edgesByKernel(floats: Float32Array, maxBins: number): Float32Array {
  const { kernels, values, edges, spare } = place(floats)
  const n = kernels.columnEdges(values.byteOffset, floats.length, maxBins, spare.byteOffset, edges.byteOffset)
  return edges.slice(0, n)
}

/** Where the spare room is free of scratch. */
const OUT = 4096

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
    const maxBins = fc.constantFrom(2, 9, 16, 17, 18, 33, 240, 255)
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 700 }), maxBins, (given, maxBins) => {
        const floats = Float32Array.from(given)
        const found = quantileEdges(Float64Array.from(floats), maxBins)
        const { kernels, values, edges, spare } = place(floats)
        edges.set(found)
        const [v, e, scratch] = [values, edges, spare].map((view) => view.byteOffset)
        kernels.binFloats(v, floats.length, e, found.length, MISSING_BIN, scratch, scratch + OUT + 1, 4)
        floats.forEach((float, i) => {
          const bin = kernels.binNumber(float, e, found.length)
          expect([...spare.subarray(OUT + 4 * i, OUT + 4 * i + 4)]).toEqual([0, bin, 0, 0])
        })
      }),
    )
  })
})

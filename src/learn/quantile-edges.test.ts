import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantileEdges } from './quantile-edges.ts'

const binOf = (value: number, edges: Float32Array): number => edges.filter((edge) => edge < Math.fround(value)).length
const distinct = (values: number[]): number[] =>
  [...new Set(values.map((value) => Math.fround(value) + 0))]
    .filter((value) => !Number.isNaN(value))
    .sort((a, b) => a - b)

const value = fc.oneof(fc.double(), fc.integer({ min: -20, max: 20 }))

describe('quantileEdges', () => {
  it('gives every distinct value a bin of its own while there are enough bins', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const edges = quantileEdges(Float64Array.from(values), 255)
        expect(distinct(values).map((value) => binOf(value, edges))).toEqual([...distinct(values).keys()])
      }),
    )
  })

  it('never has more bins than asked for, none of them empty, in ascending order', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), fc.integer({ min: 2, max: 9 }), (values, maxBins) => {
        const edges = quantileEdges(Float64Array.from(values), maxBins)
        const used = new Set(distinct(values).map((value) => binOf(value, edges)))
        expect(edges.length).toBeLessThan(maxBins)
        expect([...used]).toEqual(distinct(values).length === 0 ? [] : [...edges.keys(), edges.length])
      }),
    )
  })

  it('does not depend on the order of the values', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        expect(quantileEdges(Float64Array.from(values).toReversed(), 7)).toEqual(
          quantileEdges(Float64Array.from(values), 7),
        )
      }),
    )
  })

  it('fills bins with about equally many rows', () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => Math.exp(i / 1000))
    const edges = quantileEdges(values, 10)
    const counts = new Float64Array(10)
    for (const value of values) counts[binOf(value, edges)]++
    expect([...counts]).toEqual(Array(10).fill(1000))
  })

  it('keeps a value that fills several bins in one, and shares the rest among the others', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 900 ? 0 : i))
    const edges = quantileEdges(values, 11)
    expect(edges).toHaveLength(10)
    expect(edges[0]).toBe(450)
    expect(edges[1]).toBe(909.5)
  })

  it('samples evenly when there are very many values', () => {
    const values = Float64Array.from({ length: 500_000 }, (_, i) => i)
    const edges = quantileEdges(values, 5)
    expect([...edges].map((edge) => Math.round(edge / 1000))).toEqual([100, 200, 300, 400])
  })

  it.each([
    ['nothing', []],
    ['missing values only', [NaN, NaN]],
    ['one value', [3, 3, 3]],
    ['two values equal as float32', [16_777_216, 16_777_217]],
  ])('has no edges for %s', (_, values) => {
    expect(quantileEdges(Float64Array.from(values), 255)).toHaveLength(0)
  })

  it('separates infinities from the numbers beside them', () => {
    const edges = quantileEdges(Float64Array.of(-Infinity, 1, Infinity), 255)
    expect([-Infinity, 1, Infinity].map((value) => binOf(value, edges))).toEqual([0, 1, 2])
  })

  it('gives edges that are float32 numbers even between neighbours', () => {
    const next = Math.fround(1 + 2 ** -23)
    expect([...quantileEdges(Float64Array.of(1, next), 255)]).toEqual([1])
  })
})

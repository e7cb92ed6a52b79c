import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Arena, instantiateKernels } from '../kernels/index.ts'
import { createRandom, philox2x32, shuffle } from './random.ts'

describe('createRandom', () => {
  it('uses the same generator as the kernels', () => {
    const kernels = instantiateKernels(new Arena().allocate())
    const word = fc.integer({ min: 0, max: 2 ** 32 - 1 })
    fc.assert(
      fc.property(word, word, word, (key, low, high) => {
        const block = BigInt.asUintN(64, kernels.philox(key, low, high))
        expect(philox2x32(key, low, high)).toEqual([Number(block & 0xffffffffn), Number(block >> 32n)])
      }),
    )
  })

  it('gives the same numbers for the same seed and stream, others for another', () => {
    const draw = (seed: number, stream: number): number[] => {
      const random = createRandom(seed, stream)
      return Array.from({ length: 9 }, () => random.below(2 ** 32))
    }
    expect(draw(5, 1)).toEqual(draw(5, 1))
    expect(new Set([draw(5, 1), draw(5, 2), draw(6, 1)].flat()).size).toBe(27)
  })

  it('draws every integer below n about equally often, and units in [0, 1)', () => {
    const random = createRandom(1)
    const counts = new Float64Array(7)
    for (let i = 0; i < 7000; i++) counts[random.below(7)]++
    // Chi-square with 6 degrees of freedom exceeds 22.5 once in 1,000.
    expect(counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(22.5)
    const units = Array.from({ length: 1000 }, () => random.unit())
    expect(Math.min(...units)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...units)).toBeLessThan(1)
  })
})

describe('shuffle', () => {
  it('keeps the values and reaches every order equally often', () => {
    const counts = new Map<string, number>()
    for (let stream = 0; stream < 6000; stream++) {
      const order = shuffle([0, 1, 2], createRandom(3, stream)).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).toEqual(['012', '021', '102', '120', '201', '210'])
    // Chi-square with 5 degrees of freedom exceeds 20.5 once in 1,000.
    expect([...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(20.5)
  })
})

import { describe, expect, it } from 'vitest'
import { gaussLegendre } from './gauss-legendre.ts'

describe('gaussLegendre', () => {
  it.each([1, 2, 3, 5, 8, 30, 100])('integrates powers up to 2 n - 1 over (0, 1) exactly, for n = %i', (n) => {
    const { t, u, weight } = gaussLegendre(n)
    for (let power = 0; power < 2 * n; power++) {
      const sumOf = (x: Float64Array): number => weight.reduce((sum, w, q) => sum + w * x[q] ** power, 0)
      expect(Math.abs(sumOf(t) * (power + 1) - 1)).toBeLessThan(1e-12)
      expect(Math.abs(sumOf(u) * (power + 1) - 1)).toBeLessThan(1e-12)
    }
  })

  it('has the nodes and weights in closed form for n = 2', () => {
    const { t, u, weight } = gaussLegendre(2)
    const x = 1 / (2 * Math.sqrt(3))
    expect([...t].map((value) => value - 0.5)).toEqual([expect.closeTo(-x, 15), expect.closeTo(x, 15)])
    expect([...u]).toEqual([...t].toReversed())
    expect([...weight]).toEqual([expect.closeTo(0.5, 15), expect.closeTo(0.5, 15)])
  })
})

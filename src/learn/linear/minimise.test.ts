import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { minimise, type MinimiseOptions, type Objective } from './minimise.ts'

/** ½ Σ scaleⱼ·(xⱼ − centreⱼ)², whose minimum with l1 is each centre drawn towards 0 by l1/scale. */
function bowl(scale: number[], centre: number[]): Objective {
  return (at, gradient) => {
    let value = 0
    scale.forEach((s, j) => {
      gradient[j] = s * (at[j] - centre[j])
      value += (s / 2) * (at[j] - centre[j]) ** 2
    })
    return Promise.resolve(value)
  }
}

const optionsFor = (n: number, more: Partial<MinimiseOptions> = {}): MinimiseOptions => ({
  start: new Float64Array(n),
  curvature: new Float64Array(n).fill(1),
  precondition: () => {},
  l1: new Float64Array(n),
  tolerance: 1e-10,
  maxIterations: 1000,
  ...more,
})

const coordinate = fc.record({
  scale: fc.double({ min: 0.01, max: 100, noNaN: true }),
  centre: fc.double({ min: -10, max: 10, noNaN: true }),
  l1: fc.constantFrom(0, 0.1, 5),
})

describe('minimise', () => {
  it('finds the minimum of bowls, soft-thresholded where there is an L1 penalty', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(coordinate, { minLength: 1, maxLength: 8 }), async (coordinates) => {
        const [scale, centre, l1] = (['scale', 'centre', 'l1'] as const).map((key) => coordinates.map((c) => c[key]))
        const found = await minimise(bowl(scale, centre), optionsFor(scale.length, { l1: Float64Array.from(l1) }))
        expect(found.outcome).not.toBe('iterations')
        coordinates.forEach((c, j) => {
          const wanted = Math.sign(c.centre) * Math.max(0, Math.abs(c.centre) - c.l1 / c.scale)
          expect(found.x[j]).toBeCloseTo(wanted, 6)
          if (c.l1 > 1.001 * c.scale * Math.abs(c.centre)) expect(found.x[j]).toBe(0)
        })
      }),
    )
  })

  it('finds the end of a curved, badly scaled valley', async () => {
    // Convex, with a curvature that changes by a factor of a million: cosh along one axis, a steep bowl along the other.
    const objective: Objective = (at, gradient) => {
      const [x, y] = [at[0] - 3, at[1] - at[0]]
      gradient[0] = Math.sinh(x) - 1e4 * y
      gradient[1] = 1e4 * y
      return Promise.resolve(Math.cosh(x) + 0.5e4 * y ** 2)
    }
    const found = await minimise(objective, optionsFor(2, { tolerance: 1e-7 }))
    expect(found.outcome).toBe('converged')
    expect([...found.x]).toEqual([expect.closeTo(3, 6), expect.closeTo(3, 6)])
    expect(found.value).toBeCloseTo(1, 12)
  })

  it('says when iterations ran out, and how steep it still is', async () => {
    const steps: number[] = []
    const options = optionsFor(2, { maxIterations: 2, onIteration: (n) => steps.push(n) })
    const found = await minimise(bowl([1, 90], [5, 5]), options)
    expect(found).toMatchObject({ outcome: 'iterations', nIterations: 2 })
    expect(found.slope).toBeGreaterThan(1e-10)
    expect(steps).toEqual([1, 2])
  })

  it('ends where rounding hides any further decrease', async () => {
    // The slope pretends to go on; the value does not change.
    const flat: Objective = (_, gradient) => {
      gradient.fill(1)
      return Promise.resolve(1)
    }
    expect(await minimise(flat, optionsFor(1))).toMatchObject({ outcome: 'precision', nIterations: 0 })
  })

  it('begins at the end', async () => {
    const start = Float64Array.of(5)
    expect(await minimise(bowl([1], [5]), optionsFor(1, { start }))).toMatchObject({
      outcome: 'converged',
      nIterations: 0,
    })
  })
})

/** Nodes t in (0, 1), 1 - t, and weights that add up to 1; each of shape (n,). */
export type Quadrature = { t: Float64Array; u: Float64Array; weight: Float64Array }

const known = new Map<number, Quadrature>()

/**
 * Gauss-Legendre quadrature over (0, 1) with n nodes: exact for polynomials of degree up to 2 n - 1.
 *
 * The nodes are the roots of the n-th Legendre polynomial, found by Newton's method from Tricomi's approximation.
 * Source: Press et al. (2007), Numerical Recipes, 4.6.1. O(n^2), once for each n.
 */
export function gaussLegendre(n: number): Quadrature {
  let quadrature = known.get(n)
  if (!quadrature) known.set(n, (quadrature = compute(n)))
  return quadrature
}

function compute(n: number): Quadrature {
  const t = new Float64Array(n)
  const weight = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 0
    for (let step = 0; step < 100; step++) {
      const { value, derivative } = legendre(n, x)
      slope = derivative
      const before = x
      x -= value / derivative
      if (Math.abs(x - before) < 1e-15) break
    }
    t[i] = (1 - x) / 2
    weight[i] = 1 / ((1 - x * x) * slope * slope)
  }
  // The nodes lie symmetrically, so 1 - t is had without cancellation.
  return { t, u: t.toReversed(), weight }
}

function legendre(n: number, x: number): { value: number; derivative: number } {
  let value = 1
  let before = 0
  for (let j = 0; j < n; j++) {
    const next = ((2 * j + 1) * x * value - j * before) / (j + 1)
    before = value
    value = next
  }
  return { value, derivative: (n * (x * value - before)) / (x * x - 1) }
}

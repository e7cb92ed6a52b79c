import type { Preconditioner } from './preconditioner.ts'

/** How many past steps the approximation of the curvature remembers. */
export const MEMORY = 10
/** A step must lower the value by this part of what its slope promises (Armijo). */
const SUFFICIENT = 1e-4
const MAX_HALVINGS = 40

/** A smooth convex function: its value, and its gradient written to `gradient`. */
export type Objective = (at: Float64Array, gradient: Float64Array) => Promise<number>

export type MinimiseOptions = {
  start: Float64Array
  /** Rough second derivative by each parameter, above 0: the scale in which slopes are measured. */
  curvature: Float64Array
  /** The first guess of the inverse curvature that steps are taken with. */
  precondition: Preconditioner
  /** Factor of |x| added to the objective for each parameter, at least 0. */
  l1: Float64Array
  /** Ends when every slope, divided by the root of its curvature, is at most this. */
  tolerance: number
  maxIterations: number
  onIteration?: (nIterations: number) => void
}

export type Minimum = {
  x: Float64Array
  value: number
  nIterations: number
  /** Greatest slope that is left, divided by the root of its curvature. */
  slope: number
  /** 'precision': no step lowers the value any more that doubles can tell. */
  outcome: 'converged' | 'precision' | 'iterations'
}

type Point = { x: Float64Array; value: number; gradient: Float64Array; slopes: Float64Array; slope: number }
type Step = { moved: Float64Array; turned: Float64Array; product: number }

/**
 * Minimises a smooth convex function plus Σ l1ⱼ·|xⱼ| by L-BFGS, in the variant OWL-QN where some l1 is above 0: each step
 * stays in the orthant of where it began, so that parameters become exactly 0.
 *
 * Sources: Nocedal & Wright (2006), Numerical Optimization, algorithm 7.4, with a given first approximation; Andrew & Gao
 * (2007), Scalable training of L1-regularized log-linear models, ICML. Deterministic.
 */
export async function minimise(objective: Objective, options: MinimiseOptions): Promise<Minimum> {
  const { l1, curvature, tolerance, maxIterations } = options
  const pointAt = async (x: Float64Array): Promise<Point> => {
    const gradient = new Float64Array(x.length)
    let value = await objective(x, gradient)
    for (let j = 0; j < x.length; j++) value += l1[j] * Math.abs(x[j])
    const slopes = pseudoGradient(x, gradient, l1)
    return { x, value, gradient, slopes, slope: greatestSlope(slopes, curvature) }
  }
  let point = await pointAt(options.start.slice())
  let steps: Step[] = []
  for (let nIterations = 0; ; nIterations++) {
    const { x, value, slope } = point
    if (slope <= tolerance) return { x, value, nIterations, slope, outcome: 'converged' }
    if (nIterations === maxIterations) return { x, value, nIterations, slope, outcome: 'iterations' }
    let next = await searchLine(point, descent(point, steps, options), l1, pointAt)
    if (!next && steps.length > 0) {
      steps = []
      next = await searchLine(point, descent(point, steps, options), l1, pointAt)
    }
    if (!next) return { x, value, nIterations, slope, outcome: 'precision' }
    steps = remember(steps, point, next)
    point = next
    options.onIteration?.(nIterations + 1)
  }
}

/** The slope of the whole in the direction that lowers it; 0 where |x| holds a parameter at 0. */
function pseudoGradient(x: Float64Array, gradient: Float64Array, l1: Float64Array): Float64Array {
  return gradient.map((slope, j) => {
    if (l1[j] === 0) return slope
    if (x[j] !== 0) return slope + Math.sign(x[j]) * l1[j]
    if (slope + l1[j] < 0) return slope + l1[j]
    return slope - l1[j] > 0 ? slope - l1[j] : 0
  })
}

function greatestSlope(slopes: Float64Array, curvature: Float64Array): number {
  let greatest = 0
  for (let j = 0; j < slopes.length; j++) {
    greatest = Math.max(greatest, Math.abs(slopes[j]) / Math.sqrt(curvature[j]))
  }
  return greatest
}

/** The direction −H·slopes, H the approximate inverse of the curvature from the past steps (two-loop recursion). */
function descent({ slopes }: Point, steps: readonly Step[], { precondition, l1 }: MinimiseOptions): Float64Array {
  const direction = slopes.map((slope) => -slope)
  const factors: number[] = []
  for (let k = steps.length - 1; k >= 0; k--) {
    factors[k] = dot(steps[k].moved, direction) / steps[k].product
    addScaled(direction, steps[k].turned, -factors[k])
  }
  const last = steps.at(-1)
  let scale = 1
  if (last) {
    const turned = last.turned.slice()
    precondition(turned)
    scale = last.product / dot(last.turned, turned)
  }
  precondition(direction)
  for (let j = 0; j < direction.length; j++) direction[j] *= scale
  steps.forEach((step, k) => addScaled(direction, step.moved, factors[k] - dot(step.turned, direction) / step.product))
  for (let j = 0; j < direction.length; j++) if (l1[j] > 0 && direction[j] * slopes[j] >= 0) direction[j] = 0
  return direction
}

/** The first of the steps 1, ½, ¼ … that lowers the value enough; undefined when none does. */
async function searchLine(
  from: Point,
  direction: Float64Array,
  l1: Float64Array,
  pointAt: (x: Float64Array) => Promise<Point>,
): Promise<Point | undefined> {
  let length = 1
  for (let halvings = 0; halvings < MAX_HALVINGS; halvings++, length /= 2) {
    const x = from.x.map((value, j) => {
      const moved = value + length * direction[j]
      if (l1[j] === 0) return moved
      const side = value !== 0 ? Math.sign(value) : -Math.sign(from.slopes[j])
      return moved * side > 0 ? moved : 0
    })
    let promised = 0
    for (let j = 0; j < x.length; j++) promised += from.slopes[j] * (x[j] - from.x[j])
    if (!(promised < 0)) return undefined
    const point = await pointAt(x)
    if (point.value <= from.value + SUFFICIENT * promised) return point
    // Where rounding hides the decrease, the slopes still tell.
    const rounding = 4 * Number.EPSILON * Math.abs(from.value)
    if (point.value <= from.value + rounding && point.slope < from.slope) return point
  }
  return undefined
}

/** Keeps what the step tells of the curvature; of a convex function it tells something positive, or rounding spoilt it. */
function remember(steps: readonly Step[], from: Point, to: Point): Step[] {
  const moved = to.x.map((value, j) => value - from.x[j])
  const turned = to.gradient.map((slope, j) => slope - from.gradient[j])
  const product = dot(moved, turned)
  if (!(product > Number.EPSILON * dot(turned, turned) ** 0.5 * dot(moved, moved) ** 0.5)) return [...steps]
  return [...steps, { moved, turned, product }].slice(-MEMORY)
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j]
  return sum
}

function addScaled(to: Float64Array, values: Float64Array, factor: number): void {
  for (let j = 0; j < to.length; j++) to[j] += factor * values[j]
}

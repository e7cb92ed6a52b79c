import type { Objective } from '../boosting/objective.ts'

const round = Math.fround

export function roundHalfEven(x: number): number {
  const below = Math.floor(x)
  if (x - below !== 0.5) return Math.round(x)
  return below % 2 === 0 ? below : below + 1
}

/** p·x + c for each of the coefficients in turn, each step rounded to float32. */
function polynomial(x: number, [first, ...others]: readonly number[]): number {
  return others.reduce((p, c) => round(round(p * x) + round(c)), round(first))
}

/** e^x by the polynomial of the kernels, each step rounded to float32. */
export function exp32(x: number): number {
  const clamped = Math.min(Math.max(x, -87), 87)
  const n = roundHalfEven(round(clamped * round(1.44269504)))
  let r = round(clamped - round(n * round(0.693359375)))
  r = round(r - round(n * round(-2.1219444e-4)))
  const p = polynomial(
    r,
    [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1],
  )
  return round(round(round(round(round(p * r) * r) + r) + 1) * 2 ** n)
}

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
]

/** ln x by the polynomial of the kernels, each step rounded to float32. */
export function log32(x: number): number {
  let e = Math.floor(Math.log2(x)) + 1
  let half = x / 2 ** e
  if (half >= 1) [half, e] = [half / 2, e + 1]
  if (half < 0.5) [half, e] = [half * 2, e - 1]
  const isSmall = half < round(0.70710678)
  if (isSmall) e--
  const m = round(round(isSmall ? 2 * half : half) - 1)
  const z = round(m * m)
  let y = round(round(polynomial(m, LOG) * m) * z)
  y = round(y + round(e * round(-2.1219444e-4)))
  y = round(y - round(z * 0.5))
  return round(round(m + y) + round(e * 0.693359375))
}

/** The logarithm of the sum of the exponentials of a row's scores. */
export function normaliserOf(scores: readonly number[]): number {
  const most = Math.max(...scores)
  const sum = scores.reduce((sum, score) => round(sum + exp32(round(score - most))), 0)
  return round(most + log32(sum))
}

/** A row: its score for the class at hand, its label or target, of several classes also its normaliser. */
export type SlowRow = { score: number; y: number; normaliser: number; classAtHand: number }

/** Gradient and hessian of one row without its weight, each step rounded to float32. */
export function slowPair(
  { loss, power = 0, hessianFactor = 1 }: Pick<Objective, 'loss' | 'power' | 'hessianFactor'>,
  { score, y, normaliser, classAtHand }: SlowRow,
): { g: number; h: number } {
  switch (loss) {
    case 'logistic': {
      const p = round(1 / round(1 + exp32(-score)))
      return { g: round(p - y), h: round(p * round(1 - p)) }
    }
    case 'softmax': {
      const p = exp32(round(score - normaliser))
      return { g: round(p - (y === classAtHand ? 1 : 0)), h: round(round(hessianFactor) * round(p * round(1 - p))) }
    }
    case 'squared':
      return { g: round(score - y), h: 1 }
    case 'absolute':
      return { g: Math.sign(round(score - y)), h: 1 }
    case 'poisson':
      return { g: round(exp32(score) - y), h: round(round(hessianFactor) * exp32(score)) }
    case 'gamma': {
      const share = round(y * exp32(-score))
      return { g: round(1 - share), h: share }
    }
    case 'tweedie': {
      const [a, b] = [round(1 - power), round(2 - power)]
      const rising = exp32(round(b * score))
      const falling = round(y * exp32(round(a * score)))
      return { g: round(rising - falling), h: round(round(b * rising) - round(a * falling)) }
    }
  }
}

/** The value with half of the weight on either side, the middle of two such, rounded to float32. */
export function slowMedian(pairs: readonly { value: number; weight: number }[]): number {
  const sorted = pairs.toSorted((a, b) => a.value - b.value)
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2
  let below = 0
  for (const [i, { value, weight }] of sorted.entries()) {
    below += weight
    if (below > half || i === sorted.length - 1) return value
    if (below === half) return round((value + sorted[i + 1].value) / 2)
  }
  return 0
}

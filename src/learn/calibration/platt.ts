/** Platt scaling: new log-odds = slope · old log-odds + intercept. */
export type PlattCalibration = {
  kind: 'platt'
  /** Above 0, so the order of scores stays. */
  slope: number
  intercept: number
  /** Rows it was fitted on. */
  nRows: number
}

/** A smaller slope would make all scores equal; it is what is used for scores that say nothing, or the opposite. */
const MIN_SLOPE = 0.01
const MAX_ITERATIONS = 100

/**
 * Fits slope and intercept by maximum likelihood, with Platt's targets (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2) instead of 1 and 0,
 * which keeps a few rows from asking for certainty. Log-odds are taken of (score·(n − 1) + ½)/n, so that scores of exactly
 * 0 and 1, which forests give, stay finite and in order.
 *
 * Sources: Platt (1999), Probabilistic outputs for support vector machines; Lin, Lin & Weng (2007), Machine Learning 68;
 * Smithson & Verkuilen (2006), Psychological Methods 11, for the shrinking. Golden: test/golden/calibration.
 * O(n) a Newton step, of which there are about ten.
 */
export function fitPlatt(y: Uint8Array, score: Float64Array): PlattCalibration {
  const nRows = y.length
  const nPositive = y.reduce((sum, label) => sum + label, 0)
  const wanted = Float64Array.of(1 / (nRows - nPositive + 2), (nPositive + 1) / (nPositive + 2))
  const logit = score.map((value) => logitOf(value, nRows))
  const target = Float64Array.from(y, (label) => wanted[label])
  const free = newton(logit, target, undefined)
  const fitted = free.slope >= MIN_SLOPE ? free : newton(logit, target, MIN_SLOPE)
  return { kind: 'platt', ...fitted, nRows }
}

/** Strictly increasing, but for rounding: scores closer than about 1e-12 may become equal. */
export function applyPlatt({ slope, intercept, nRows }: PlattCalibration, score: number): number {
  return sigmoid(slope * logitOf(score, nRows) + intercept)
}

function logitOf(score: number, nRows: number): number {
  const inside = (score * (nRows - 1) + 0.5) / nRows
  return Math.log(inside / (1 - inside))
}

function sigmoid(margin: number): number {
  const e = Math.exp(-Math.abs(margin))
  return margin >= 0 ? 1 / (1 + e) : e / (1 + e)
}

/** Newton's method with halved steps; of the intercept alone where the slope is given. */
function newton(logit: Float64Array, target: Float64Array, slope: number | undefined) {
  let at = { slope: slope ?? 1, intercept: 0 }
  let loss = lossAt(logit, target, at)
  for (let k = 0; k < MAX_ITERATIONS; k++) {
    const step = newtonStep(logit, target, at)
    if (slope !== undefined) step.slope = 0
    if (slope !== undefined) step.intercept = step.interceptAlone
    let length = 1
    let next = at
    let nextLoss = loss
    for (; length > 1e-10; length /= 2) {
      next = { slope: at.slope + length * step.slope, intercept: at.intercept + length * step.intercept }
      nextLoss = lossAt(logit, target, next)
      if (nextLoss < loss) break
    }
    if (!(nextLoss < loss)) break
    at = next
    loss = nextLoss
  }
  return at
}

function lossAt(logit: Float64Array, target: Float64Array, at: { slope: number; intercept: number }): number {
  let loss = 0
  for (let row = 0; row < logit.length; row++) {
    const margin = at.slope * logit[row] + at.intercept
    loss += Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(margin, 0) - target[row] * margin
  }
  return loss
}

function newtonStep(logit: Float64Array, target: Float64Array, at: { slope: number; intercept: number }) {
  let [gSlope, gIntercept, hSlope, hBoth, hIntercept] = [0, 0, 0, 0, 0]
  for (let row = 0; row < logit.length; row++) {
    const p = sigmoid(at.slope * logit[row] + at.intercept)
    const residual = p - target[row]
    const curvature = p * (1 - p)
    gSlope += residual * logit[row]
    gIntercept += residual
    hSlope += curvature * logit[row] ** 2
    hBoth += curvature * logit[row]
    hIntercept += curvature
  }
  // Where all scores are equal, slope and intercept cannot be told apart: the ridge shares the step among them.
  hSlope += 1e-12 * (1 + hSlope)
  hIntercept += 1e-12
  const determinant = hSlope * hIntercept - hBoth ** 2
  return {
    slope: -(hIntercept * gSlope - hBoth * gIntercept) / determinant,
    intercept: -(hSlope * gIntercept - hBoth * gSlope) / determinant,
    interceptAlone: -gIntercept / hIntercept,
  }
}

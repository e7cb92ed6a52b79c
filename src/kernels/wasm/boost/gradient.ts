// Gradients and hessians of the loss, and their sums.
import { exp4, log4 } from './exp'
import { BLOCK_ROWS, BoostJob, BoostRates, classBytes, scoresOf } from './job'
import { ABSOLUTE, GAMMA, isClass4, labels4, LOGISTIC, POISSON, SOFTMAX, SQUARED } from './loss'

/**
 * Gradient and hessian of rows [begin, end) as two f32 side by side; begin is a multiple of BLOCK_ROWS. The arrays reach up
 * to a multiple of four rows; what lies behind the last row does not count.
 */
export function gradients(job: BoostJob, begin: u32, end: u32): void {
  for (let first = begin; first < end; first += BLOCK_ROWS) {
    const last = min(end, first + BLOCK_ROWS)
    if (job.loss == LOGISTIC) logistic(job, first, last)
    else if (job.loss == SOFTMAX) softmax(job, first, last)
    else if (job.loss == SQUARED || job.loss == ABSOLUTE) distance(job, first, last)
    else deviance(job, first, last)
    sumBlock(job, first, last)
  }
}

/** Stores what four rows are pulled by, times their weights. */
@inline
function store4(job: BoostJob, row: usize, gradient: v128, hessian: v128): void {
  let g = gradient
  let h = hessian
  if (job.weights) {
    const weight = v128.load(<usize>job.weights + (row << 2))
    g = f32x4.mul(g, weight)
    h = f32x4.mul(h, weight)
  }
  const cells = <usize>job.cells + (row << 3)
  v128.store(cells, v128.shuffle<f32>(g, h, 0, 4, 1, 5))
  v128.store(cells, v128.shuffle<f32>(g, h, 2, 6, 3, 7), 16)
}

/** As `store4`, of numbers that may have become infinite: only finite ones can be summed and compared. */
@inline
function storeFinite4(job: BoostJob, row: usize, gradient: v128, hessian: v128): void {
  store4(job, row, finite4(gradient), finite4(hessian))
  if (!job.weights) return
  const cells = <usize>job.cells + (row << 3)
  v128.store(cells, finite4(v128.load(cells)))
  v128.store(cells, finite4(v128.load(cells, 16)), 16)
}

@inline
function finite4(x: v128): v128 {
  const most = f32x4.splat(3e38)
  return f32x4.max(f32x4.min(x, most), f32x4.neg(most))
}

function logistic(job: BoostJob, begin: u32, end: u32): void {
  const one = f32x4.splat(1)
  const scores = <usize>job.scores
  for (let row: usize = begin; row < <usize>end; row += 4) {
    const score = v128.load(scores + (row << 2))
    const p = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(score))))
    store4(job, row, f32x4.sub(p, labels4(job, row)), f32x4.mul(p, f32x4.sub(one, p)))
  }
}

/** Of the class at hand. The normalisers are those of the scores before the first tree of the round. */
function softmax(job: BoostJob, begin: u32, end: u32): void {
  const one = f32x4.splat(1)
  const scores = scoresOf(job)
  const factor = f32x4.splat(<f32>changetype<BoostRates>(job.rates).hessianFactor)
  for (let row: usize = begin; row < <usize>end; row += 4) {
    const score = v128.load(scores + (row << 2))
    const p = exp4(f32x4.sub(score, v128.load(<usize>job.normalisers + (row << 2))))
    const h = f32x4.mul(factor, f32x4.mul(p, f32x4.sub(one, p)))
    store4(job, row, f32x4.sub(p, isClass4(job, row)), h)
  }
}

/** Squared and absolute loss. */
function distance(job: BoostJob, begin: u32, end: u32): void {
  const zero = f32x4.splat(0)
  const one = f32x4.splat(1)
  for (let row: usize = begin; row < <usize>end; row += 4) {
    const error = f32x4.sub(v128.load(<usize>job.scores + (row << 2)), v128.load(<usize>job.targets + (row << 2)))
    const isAbove = v128.and(f32x4.gt(error, zero), one)
    const isBelow = v128.and(f32x4.lt(error, zero), one)
    store4(job, row, job.loss == SQUARED ? error : f32x4.sub(isAbove, isBelow), one)
  }
}

/** Poisson, gamma and Tweedie loss, of scores that are logarithms. */
function deviance(job: BoostJob, begin: u32, end: u32): void {
  const rates = changetype<BoostRates>(job.rates)
  const one = f32x4.splat(1)
  const factor = f32x4.splat(<f32>rates.hessianFactor)
  const a = f32x4.splat(<f32>(1 - rates.power))
  const b = f32x4.splat(<f32>(2 - rates.power))
  for (let row: usize = begin; row < <usize>end; row += 4) {
    const score = v128.load(<usize>job.scores + (row << 2))
    const y = v128.load(<usize>job.targets + (row << 2))
    if (job.loss == POISSON) {
      const mean = exp4(score)
      storeFinite4(job, row, f32x4.sub(mean, y), f32x4.mul(factor, mean))
    } else if (job.loss == GAMMA) {
      const share = f32x4.mul(y, exp4(f32x4.neg(score)))
      storeFinite4(job, row, f32x4.sub(one, share), share)
    } else {
      const rising = exp4(f32x4.mul(b, score))
      const falling = f32x4.mul(y, exp4(f32x4.mul(a, score)))
      const h = f32x4.sub(f32x4.mul(b, rising), f32x4.mul(a, falling))
      storeFinite4(job, row, f32x4.sub(rising, falling), h)
    }
  }
}

/** The logarithm of the sum of the exponentials of each row's scores, for rows [begin, end). */
export function normalise(job: BoostJob, begin: u32, end: u32): void {
  const step = classBytes(job)
  const last = <usize>job.scores + step * <usize>job.nClasses
  for (let row: usize = begin; row < <usize>end; row += 4) {
    const first = <usize>job.scores + (row << 2)
    let most = v128.load(first)
    for (let at = first + step; at < last; at += step) most = f32x4.max(most, v128.load(at))
    let sum = f32x4.splat(0)
    for (let at = first; at < last; at += step) sum = f32x4.add(sum, exp4(f32x4.sub(v128.load(at), most)))
    v128.store(<usize>job.normalisers + (row << 2), f32x4.add(most, log4(sum)))
  }
}

/** Sums of |gradient| and of hessian over one block. */
@inline
function sumBlock(job: BoostJob, begin: u32, end: u32): void {
  const clear = i32x4(0x7fffffff, -1, 0x7fffffff, -1)
  let sum = f64x2.splat(0)
  for (let at = <usize>job.cells + (<usize>begin << 3), last = <usize>job.cells + (<usize>end << 3); at < last; at += 8) {
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.and(v128.load64_zero(at), clear)))
  }
  v128.store(<usize>job.blockSums + (<usize>(begin / BLOCK_ROWS) << 4), sum)
}

/** Sums over all rows, block by block: gradients to `out`, hessians behind them. */
export function totalSums(job: BoostJob, out: usize): void {
  const nBlocks = (job.nRows + BLOCK_ROWS - 1) / BLOCK_ROWS
  let sum = f64x2.splat(0)
  for (let block: u32 = 0; block < nBlocks; block++) {
    sum = f64x2.add(sum, v128.load(<usize>job.blockSums + (<usize>block << 4)))
  }
  v128.store(out, sum)
}

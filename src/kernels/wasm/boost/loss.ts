// What boosting can lower, and how far down it is.
import { exp4, log4 } from './exp'
import { BLOCK_ROWS, BoostJob, BoostRates, classBytes, scoresOf } from './job'

// Kinds of loss; `boostLosses` names them again.

/** Two classes; the score is in log-odds. */
export const LOGISTIC: u32 = 0
/** The score is the target. */
export const SQUARED: u32 = 1
/** The score is the target; leaves say the median of what is left, see `median.ts`. */
export const ABSOLUTE: u32 = 2
/** The score is the logarithm of the target, also of the next two. */
export const POISSON: u32 = 3
export const GAMMA: u32 = 4
/** Its power lies between those of the other two, 1 and 2. */
export const TWEEDIE: u32 = 5
/** Several classes, each with scores and a tree of its own. */
export const SOFTMAX: u32 = 6

/** Whether scores are logarithms of what is foretold. */
@inline
export function isLog(job: BoostJob): bool {
  return job.loss >= POISSON && job.loss <= TWEEDIE
}

/** Four bytes as f32. */
@inline
function bytes4(at: usize): v128 {
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(at))))
}

/** The classes of four rows as f32. */
@inline
export function labels4(job: BoostJob, row: usize): v128 {
  return bytes4(<usize>job.labels + row)
}

/** 1 for those of four rows that are of the class at hand. */
@inline
export function isClass4(job: BoostJob, row: usize): v128 {
  return v128.and(f32x4.eq(labels4(job, row), f32x4.splat(<f32>job.classAtHand)), f32x4.splat(1))
}

/** Losses of four rows, up to constants that depend on the target alone; for a deviance, half of it. */
@inline
function losses4(job: BoostJob, row: usize): v128 {
  const score = v128.load(scoresOf(job) + (row << 2))
  if (job.loss == LOGISTIC) {
    const label = labels4(job, row)
    const above = f32x4.sub(f32x4.max(score, f32x4.splat(0)), f32x4.mul(label, score))
    return f32x4.add(above, log4(f32x4.add(f32x4.splat(1), exp4(f32x4.neg(f32x4.abs(score))))))
  }
  const y = v128.load(<usize>job.targets + (row << 2))
  if (job.loss == SQUARED) {
    const error = f32x4.sub(score, y)
    return f32x4.mul(error, error)
  }
  if (job.loss == ABSOLUTE) return f32x4.abs(f32x4.sub(score, y))
  if (job.loss == POISSON) return f32x4.sub(exp4(score), f32x4.mul(y, score))
  if (job.loss == GAMMA) return f32x4.add(score, f32x4.mul(y, exp4(f32x4.neg(score))))
  const power = changetype<BoostRates>(job.rates).power
  const a = f32x4.splat(<f32>(1 - power))
  const b = f32x4.splat(<f32>(2 - power))
  const rising = f32x4.div(exp4(f32x4.mul(b, score)), b)
  return f32x4.sub(rising, f32x4.div(f32x4.mul(y, exp4(f32x4.mul(a, score))), a))
}

/** Those of four rows of several classes. */
@inline
function ownLosses4(job: BoostJob, row: usize): v128 {
  let own = f32x4.splat(ownScore(job, row))
  own = f32x4.replace_lane(own, 1, ownScore(job, row + 1))
  own = f32x4.replace_lane(own, 2, ownScore(job, row + 2))
  own = f32x4.replace_lane(own, 3, ownScore(job, row + 3))
  return f32x4.sub(v128.load(<usize>job.normalisers + (row << 2)), own)
}

/** A row's score of its own class. */
@inline
function ownScore(job: BoostJob, row: usize): f32 {
  return load<f32>(<usize>job.scores + <usize>load<u8>(<usize>job.labels + row) * classBytes(job) + (row << 2))
}

/**
 * Adds up the weighted losses of rows [begin, end), of those held out where there are any: one sum for each block of rows, in
 * place of the sums of gradients.
 */
export function sumLosses(job: BoostJob, begin: u32, end: u32): void {
  for (let first = begin; first < end; first += BLOCK_ROWS) {
    const last = min(end, first + BLOCK_ROWS)
    let sum = f64x2.splat(0)
    for (let row: usize = first; row < <usize>last; row += 4) {
      let loss = job.loss == SOFTMAX ? ownLosses4(job, row) : losses4(job, row)
      if (job.weights) loss = f32x4.mul(loss, v128.load(<usize>job.weights + (row << 2)))
      loss = v128.and(loss, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(<i32>(<usize>last - row))))
      if (job.held) loss = v128.and(loss, f32x4.ne(bytes4(<usize>job.held + row), f32x4.splat(0)))
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(loss))
      sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<f32>(loss, loss, 2, 3, 0, 1)))
    }
    const total = f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
    store<f64>(<usize>job.blockSums + (<usize>(first / BLOCK_ROWS) << 4), total)
  }
}

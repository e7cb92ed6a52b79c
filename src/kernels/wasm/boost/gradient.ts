// Gradients and hessians of the logistic loss, and their sums.
import { exp4 } from './exp'
import { BLOCK_ROWS, BoostJob } from './job'

/**
 * Gradient and hessian of rows [begin, end) as two f32 side by side; begin is a multiple of BLOCK_ROWS. The arrays reach up
 * to a multiple of four rows; what lies behind the last row does not count.
 */
export function logisticGradients(job: BoostJob, begin: u32, end: u32): void {
  for (let first = begin; first < end; first += BLOCK_ROWS) {
    const last = min(end, first + BLOCK_ROWS)
    blockGradients(job, first, last)
    sumBlock(job, first, last)
  }
}

@inline
function blockGradients(job: BoostJob, begin: u32, end: u32): void {
  const one = f32x4.splat(1)
  const scores = <usize>job.scores
  const labels = <usize>job.labels
  const weights = <usize>job.weights
  const cells = <usize>job.cells
  for (let row: usize = begin; row < <usize>end; row += 4) {
    const score = v128.load(scores + (row << 2))
    const p = f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(score))))
    const bytes = v128.load32_zero(labels + row)
    const label = f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)))
    let g = f32x4.sub(p, label)
    let h = f32x4.mul(p, f32x4.sub(one, p))
    if (weights) {
      const weight = v128.load(weights + (row << 2))
      g = f32x4.mul(g, weight)
      h = f32x4.mul(h, weight)
    }
    v128.store(cells + (row << 3), v128.shuffle<f32>(g, h, 0, 4, 1, 5))
    v128.store(cells + (row << 3), v128.shuffle<f32>(g, h, 2, 6, 3, 7), 16)
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

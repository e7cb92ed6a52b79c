import type { Design } from './design.ts'

/** Above as many parameters, the matrix would cost more than the iterations it saves. */
export const MAX_PARAMETERS = 500
/** Rows that tell enough of how terms go together. */
const SAMPLE_ROWS = 20_000
/** Part of its diagonal that keeps the matrix invertible where terms repeat each other and nothing is penalised. */
const RIDGE = 1e-9

/** Multiplies a vector, in place, with a rough inverse of the curvature. */
export type Preconditioner = (vector: Float64Array) => void

/** By each parameter's own curvature, as if no two went together. */
export function diagonalPreconditioner(curvature: Float64Array): Preconditioner {
  return (vector) => {
    for (let j = 0; j < vector.length; j++) vector[j] /= curvature[j]
  }
}

/**
 * By the curvature where all coefficients are 0 and every score is `rate`, terms with each other: mean(w·x·xᵀ)·rate·(1 − rate).
 * Terms of real tables repeat each other (one-hot levels sum to 1, columns are copies of others), which takes hundreds of
 * iterations by diagonal scaling and about ten with this matrix. Off the diagonal it comes from at most 20,000 evenly spaced
 * rows; it only guides the steps, so the minimum is the same.
 * @param curvature the exact diagonal, penalty included
 * @returns the diagonal one where there are more than 500 parameters
 * O(sampled rows x blocks² + parameters³).
 */
export function matrixPreconditioner(
  design: Design,
  weights: Float64Array | undefined,
  rate: number,
  curvature: Float64Array,
): Preconditioner {
  const n = curvature.length
  if (n > MAX_PARAMETERS) return diagonalPreconditioner(curvature)
  const matrix = sampledProducts(design, weights)
  const scale = rate * (1 - rate)
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) matrix[j * n + k] *= scale
    // What the sample overstates must not make the matrix indefinite.
    matrix[j * n + j] = Math.max(curvature[j], scale * matrix[j * n + j]) * (1 + RIDGE)
  }
  return factorise(matrix, n) ? (vector) => solve(matrix, vector) : diagonalPreconditioner(curvature)
}

/** Weighted mean of products of terms, the intercept last; lower triangle, row by row. */
function sampledProducts({ nRows, nTerms, blocks }: Design, weights: Float64Array | undefined): Float64Array {
  const n = nTerms + 1
  const products = new Float64Array(n * n)
  const at = new Int32Array(blocks.length + 1)
  const value = new Float64Array(blocks.length + 1)
  const stride = Math.max(1, Math.floor(nRows / SAMPLE_ROWS))
  let total = 0
  for (let row = 0; row < nRows; row += stride) {
    const weight = weights ? weights[row] : 1
    let nActive = 0
    for (const block of blocks) {
      if (block.kind === 'values') {
        at[nActive] = block.at
        value[nActive++] = block.values[row]
      } else if (block.codes[row] > 0) {
        at[nActive] = block.at + block.codes[row] - 1
        value[nActive++] = 1
      }
    }
    at[nActive] = nTerms
    value[nActive++] = 1
    // Blocks come in the order of their coefficients, so `at` ascends.
    for (let a = 0; a < nActive; a++) {
      const [line, factor] = [at[a] * n, weight * value[a]]
      for (let b = 0; b <= a; b++) products[line + at[b]] += factor * value[b]
    }
    total += weight
  }
  return products.map((sum) => sum / total)
}

/** Cholesky's factor over the lower triangle, in place; false where the matrix is not positive definite. */
function factorise(matrix: Float64Array, n: number): boolean {
  for (let j = 0; j < n; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = matrix[j * n + k]
      for (let i = 0; i < k; i++) sum -= matrix[j * n + i] * matrix[k * n + i]
      if (k < j) matrix[j * n + k] = sum / matrix[k * n + k]
      else if (sum > 0) matrix[j * n + j] = Math.sqrt(sum)
      else return false
    }
  }
  return true
}

/** Solves factor · factorᵀ · x = vector, in place. */
function solve(factor: Float64Array, vector: Float64Array): void {
  const n = vector.length
  for (let j = 0; j < n; j++) {
    let sum = vector[j]
    for (let k = 0; k < j; k++) sum -= factor[j * n + k] * vector[k]
    vector[j] = sum / factor[j * n + j]
  }
  for (let j = n - 1; j >= 0; j--) {
    vector[j] /= factor[j * n + j]
    for (let k = 0; k < j; k++) vector[k] -= factor[j * n + k] * vector[j]
  }
}

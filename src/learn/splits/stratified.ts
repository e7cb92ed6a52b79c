import { AssayError } from '../../errors/index.ts'
import { checkOption, seedRule } from '../options.ts'
import { createRandom, shuffle } from '../random.ts'

/**
 * The fold (0..nFolds-1) of each row. Folds differ by at most one row of each class, and by at most two rows in all.
 * Deterministic in (y, nFolds, seed). O(n).
 * @param y labels 0 or 1, shape (n,)
 * @throws OPTION_INVALID, SPLIT_CLASS_TOO_SMALL when a class has fewer rows than there are folds
 */
export function stratifiedKFold(y: Uint8Array, nFolds: number, seed: number): Uint8Array {
  checkOption('nFolds', nFolds, { integer: [2, 255] })
  const folds = new Uint8Array(y.length)
  let first = 0
  for (const { label, rows } of shuffledClasses(y, seed)) {
    if (rows.length < nFolds) {
      throw new AssayError('SPLIT_CLASS_TOO_SMALL', { label, nRows: rows.length, wanted: nFolds })
    }
    rows.forEach((row, i) => {
      folds[row] = (first + i) % nFolds
    })
    // The next class starts where this one ended, so that the larger folds are not always the first ones.
    first += rows.length
  }
  return folds
}

/**
 * A random share of the rows with the classes in proportion, each class rounded to the nearest row. Row numbers ascend.
 * Deterministic in (y, share, seed). O(n log n).
 * @param share in (0, 1]
 * @throws SHARE_INVALID, OPTION_INVALID for the seed
 */
export function stratifiedSample(y: Uint8Array, share: number, seed: number): Int32Array {
  if (!(share > 0 && share <= 1)) throw new AssayError('SHARE_INVALID', { share, allowed: 'above 0 and at most 1' })
  const taken = shuffledClasses(y, seed).flatMap(({ rows }) => [...rows.subarray(0, Math.round(share * rows.length))])
  return Int32Array.from(taken).sort()
}

/**
 * Splits the rows into a training and a test part with the classes in proportion; both parts have at least one row of
 * each class. Row numbers ascend. Deterministic in (y, testShare, seed). O(n log n).
 * @param testShare in (0, 1)
 * @throws SHARE_INVALID, OPTION_INVALID for the seed, SPLIT_CLASS_TOO_SMALL when a class has fewer than two rows
 */
export function stratifiedHoldOut(
  y: Uint8Array,
  testShare: number,
  seed: number,
): { train: Int32Array; test: Int32Array } {
  if (!(testShare > 0 && testShare < 1)) {
    throw new AssayError('SHARE_INVALID', { share: testShare, allowed: 'above 0 and below 1' })
  }
  const train: number[] = []
  const test: number[] = []
  for (const { label, rows } of shuffledClasses(y, seed)) {
    if (rows.length < 2) throw new AssayError('SPLIT_CLASS_TOO_SMALL', { label, nRows: rows.length, wanted: 2 })
    const nTest = nHeldOut(rows.length, testShare)
    rows.forEach((row, i) => (i < nTest ? test : train).push(row))
  }
  return { train: Int32Array.from(train).sort(), test: Int32Array.from(test).sort() }
}

/**
 * A mask of the rows held out, 1 for each: as `stratifiedHoldOut`, for any number of classes; a class of one row keeps it.
 * Deterministic in (y, share, seed). O(n).
 * @throws SPLIT_CLASS_TOO_SMALL when every class has one row
 */
export function classHoldOut(y: Uint8Array, share: number, seed: number): Uint8Array {
  const mask = new Uint8Array(y.length)
  for (const { rows } of shuffledClasses(y, seed)) {
    for (const row of rows.subarray(0, nHeldOut(rows.length, share))) mask[row] = 1
  }
  if (!mask.includes(1)) throw new AssayError('SPLIT_CLASS_TOO_SMALL', { label: y[0], nRows: 1, wanted: 2 })
  return mask
}

/** The share of n rows, rounded: at least one, but not the last. */
export function nHeldOut(n: number, share: number): number {
  return Math.max(0, Math.min(n - 1, Math.max(1, Math.round(share * n))))
}

/** Row numbers of each class in random order, one stream of the seed for each class. */
function shuffledClasses(y: Uint8Array, seed: number): { label: number; rows: Int32Array }[] {
  checkOption('seed', seed, seedRule)
  const classes: number[][] = [[], []]
  y.forEach((label, row) => (classes[label] ??= []).push(row))
  return classes.map((rows, label) => ({ label, rows: shuffle(Int32Array.from(rows), createRandom(seed, label)) }))
}

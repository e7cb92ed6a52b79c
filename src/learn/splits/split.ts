import { AssayError } from '../../errors/index.ts'

/** Rows to learn from and rows to test on, ascending, none in both. */
export type Split = { train: Int32Array; test: Int32Array }

/**
 * One split for each fold that has rows, in order of the fold's number: tested on its rows, learned from all others. Rows
 * of a negative fold are never tested. Takes what `stratifiedKFold` and `groupKFold` give as well as folds given by hand.
 * O(folds x n).
 * @param folds fold of each row; whole numbers below 1,000,000
 * @throws SPLIT_FOLDS_INVALID for another number, for no tested row, and for a single fold that leaves nothing to learn from
 */
export function splitsOfFolds(folds: ArrayLike<number>): Split[] {
  const numbers = new Set<number>()
  for (let row = 0; row < folds.length; row++) {
    const fold = folds[row]
    if (!Number.isInteger(fold) || fold >= 1_000_000)
      throw new AssayError('SPLIT_FOLDS_INVALID', { given: `row ${row} has the fold ${fold}`, wanted: 'whole numbers' })
    numbers.add(Math.max(-1, fold))
  }
  const tested = [...numbers].filter((fold) => fold >= 0).sort((a, b) => a - b)
  if (tested.length === 0)
    throw new AssayError('SPLIT_FOLDS_INVALID', {
      given: 'no row is tested in any fold',
      wanted: 'a fold of 0 or more',
    })
  if (numbers.size === 1)
    throw new AssayError('SPLIT_FOLDS_INVALID', {
      given: `all rows are in fold ${tested[0]}`,
      wanted: 'two folds, or rows in none (-1) to learn from',
    })
  const rows = Int32Array.from({ length: folds.length }, (_, row) => row)
  return tested.map((fold) => ({
    train: rows.filter((row) => folds[row] !== fold),
    test: rows.filter((row) => folds[row] === fold),
  }))
}

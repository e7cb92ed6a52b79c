import { AssayError } from '../../errors/index.ts'
import { checkTrainingRows, countTrainingRows, type TrainingRows } from '../trees/training-rows.ts'
import { checkWeights } from '../weights.ts'
import { usedRows, type RowLimits, type TargetRows } from './used-rows.ts'

/** A class is named in one byte. */
const MAX_CLASSES = 255

/** Rows of several classes to learn from: y, the place of each row's class among all, and weights, both of shape (nRows,). */
export type ClassRows = TrainingRows & { y: Int32Array; classes: readonly string[]; weights?: Float64Array }

/**
 * The rows that count.
 * @throws what `checkTrainingRows` and `checkWeights` throw; LABELS_LENGTH_DIFFERS, CLASSES_INVALID
 */
export function usedClassRows({ y, classes, weights, ...rows }: ClassRows, limits: RowLimits): TargetRows<Int32Array> {
  checkTrainingRows(rows, limits)
  const nRows = countTrainingRows(rows)
  if (y.length !== nRows) throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows })
  checkClasses(y, classes)
  if (weights) checkWeights(weights, y, classes.length)
  return usedRows({ rows, y, weights })
}

/**
 * Checks that there are classes that can be told apart, and rows of each.
 * @throws CLASSES_INVALID
 */
function checkClasses(y: Int32Array, classes: readonly string[]): void {
  const refuse = (reason: string): never => {
    throw new AssayError('CLASSES_INVALID', { reason, most: MAX_CLASSES })
  }
  if (classes.length < 2 || classes.length > MAX_CLASSES) refuse(`there are ${classes.length}`)
  const repeated = classes.find((name, k) => classes.indexOf(name) !== k)
  if (repeated !== undefined) refuse(`${JSON.stringify(repeated)} is there twice`)
  const counts = new Uint32Array(classes.length)
  for (let row = 0; row < y.length; row++) {
    if (!(y[row] >= 0 && y[row] < classes.length)) refuse(`row ${row} is of class ${y[row]} of ${classes.length}`)
    counts[y[row]]++
  }
  const empty = counts.indexOf(0)
  if (empty >= 0) refuse(`no row is of class ${JSON.stringify(classes[empty])}`)
}

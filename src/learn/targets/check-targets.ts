import { AssayError } from '../../errors/index.ts'

/** Targets are used as float32, and their squares and products with weights must stay finite. */
const MOST = 1e15
const MOST_WEIGHTED = 1e30

/** What numbers a loss can take. */
export type TargetRule = {
  /** Least target, and whether it may be reached. */
  least: { value: number; isAllowed: boolean }
  /** Whether the logarithm of their mean is learned, which zero has not. */
  isLog: boolean
}

/** All finite numbers. */
export const anyNumber: TargetRule = { least: { value: -Infinity, isAllowed: true }, isLog: false }

/**
 * Checks that there is a number for each row that the loss can take.
 * @throws TARGETS_INVALID, naming the first row at fault
 */
export function checkTargets(
  { y, weights, nRows }: { y: Float64Array; weights?: Float64Array; nRows: number },
  { least, isLog }: TargetRule,
  lossName: string,
): void {
  const refuse = (reason: string, wanted: string): never => {
    throw new AssayError('TARGETS_INVALID', { reason, wanted })
  }
  if (y.length !== nRows) refuse(`there are ${y.length} for ${nRows} rows`, 'one for each row')
  let sum = 0
  for (let row = 0; row < nRows; row++) {
    const value = y[row]
    if (!(value > least.value || (least.isAllowed && value === least.value) || Number.isNaN(value))) {
      const bound = least.isAllowed ? `of at least ${least.value}` : `above ${least.value}`
      refuse(`row ${row} has ${value}`, `numbers ${bound} for the loss ${lossName}`)
    }
    const weight = weights?.[row] ?? 1
    if (!(Math.abs(value) <= MOST && Math.abs(value) * weight <= MOST_WEIGHTED)) {
      const times = weights ? ` times its weight ${weight}` : ''
      refuse(
        `row ${row} has ${value}${times}`,
        `finite numbers up to ${MOST}, up to ${MOST_WEIGHTED} times their weight`,
      )
    }
    sum += value * weight
  }
  if (isLog && !(sum > 0)) refuse('all are 0', `some above 0 for the loss ${lossName}, which learns their logarithm`)
}

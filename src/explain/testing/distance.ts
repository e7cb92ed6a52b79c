/** The largest difference between values that stand in the same places; NaN if one is, or if there are not as many. */
export function distance(given: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (given.length !== wanted.length) return NaN
  let largest = 0
  for (let i = 0; i < wanted.length; i++) {
    const difference = Math.abs(given[i] - wanted[i])
    largest = Math.max(largest, difference)
  }
  return largest
}

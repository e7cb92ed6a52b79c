/** Numbers above 0 as shares of their sum, in place. */
export function toShares(numbers: Float64Array): void {
  let total = 0
  for (let k = 0; k < numbers.length; k++) total += numbers[k]
  for (let k = 0; k < numbers.length; k++) numbers[k] /= total
}

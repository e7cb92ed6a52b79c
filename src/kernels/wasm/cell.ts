// What a histogram adds up, in one 64-bit word: number of samples, sum of weights, sum of weights of the positive class,
// 21 bits each. One addition updates all three, and as they are exact integers no result depends on the order of adding.
// A data set is limited to 2^21 - 1 rows by this; `learn` refuses more.

const BITS: u64 = 21
const MASK: u64 = (1 << BITS) - 1

/** One sample that has not been drawn yet. */
export const ONE_SAMPLE: u64 = 1

/** One drawing of a row: weight 1, of the positive class if `label` is 1. */
@inline
export function drawn(label: u64): u64 {
  return (<u64>1 << BITS) | (label << (2 * BITS))
}

@inline
export function samplesOf(cell: u64): u32 {
  return <u32>(cell & MASK)
}

@inline
export function weightOf(cell: u64): f64 {
  return <f64>(<i32>((cell >> BITS) & MASK))
}

@inline
export function positiveOf(cell: u64): f64 {
  return <f64>(<i32>(cell >> (2 * BITS)))
}

/** True when all weight is of one class. */
@inline
export function isPure(cell: u64): bool {
  const positive = cell >> (2 * BITS)
  return positive == 0 || positive == ((cell >> BITS) & MASK)
}

// What a boosting histogram adds up, in one 64-bit word: the hessian in the high half, the gradient, signed, in the low
// half, both as multiples of a quantum. One addition updates both, and as they are exact integers no result depends on the
// order of adding, so not on the number of threads. The quanta are powers of two chosen for each tree such that the sums over
// all rows stay below 2^31: at 1,000,000 rows the mean |gradient| is about 1,000 to 2,000 quanta.

@inline
export function makeCell(gradient: i32, hessian: i32): i64 {
  return (<i64>hessian << 32) + <i64>gradient
}

@inline
export function gradientOf(cell: i64): f64 {
  return <f64>(<i32>cell)
}

/** A negative gradient borrows one from the high half. */
@inline
export function hessianOf(cell: i64): f64 {
  return <f64>(<i32>((cell - <i64>(<i32>cell)) >> 32))
}

/** Multiples of the quantum per unit for a sum over n rows: the power of two that keeps it, rounding included, below 2^31. */
export function unitsFor(sum: f64, n: u32): f64 {
  if (!(sum > 0)) return 1
  const room = <f64>0x7fffffff - <f64>n
  // The exponent alone of a positive normal float64; the sums are at least the smallest float32, so this never overflows.
  return reinterpret<f64>(reinterpret<u64>(room / sum) & 0x7ff0000000000000)
}

/** Turns pairs of f32 at [at, last) into cells, in place. */
export function quantise(at: usize, last: usize, gradientUnits: f64, hessianUnits: f64): void {
  const units = f64x2.replace_lane(f64x2.splat(gradientUnits), 1, hessianUnits)
  for (; at < last; at += 8) {
    const pair = f64x2.nearest(f64x2.mul(f64x2.promote_low_f32x4(v128.load64_zero(at)), units))
    const whole = i32x4.trunc_sat_f64x2_s_zero(pair)
    store<i64>(at, makeCell(i32x4.extract_lane(whole, 0), i32x4.extract_lane(whole, 1)))
  }
}

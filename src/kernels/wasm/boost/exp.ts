// Exponential and logarithm of four float32 numbers at a time.

/**
 * e^x for |x| <= 87, clamped beyond; relative error below 2e-7. Range reduction by powers of two and a polynomial of degree 5
 * with the coefficients of Cephes `expf` (Moshier 1989).
 */
@inline
export function exp4(x: v128): v128 {
  const limit = f32x4.splat(87)
  const clamped = f32x4.min(f32x4.max(x, f32x4.neg(limit)), limit)
  const n = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504)))
  let r = f32x4.sub(clamped, f32x4.mul(n, f32x4.splat(0.693359375)))
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.1219444e-4)))
  let p = f32x4.splat(1.98756915e-4)
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1))
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1))
  p = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(p, r), r), r), f32x4.splat(1))
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23)
  return f32x4.mul(p, power)
}

/**
 * ln x for normal x > 0; absolute error below 1e-7 + 1e-7·|ln x|. The mantissa is taken between sqrt(1/2) and sqrt(2); the
 * polynomial of degree 8 has the coefficients of Cephes `logf` (Moshier 1989).
 */
@inline
export function log4(x: v128): v128 {
  const half = v128.or(v128.and(x, i32x4.splat(0x007fffff)), i32x4.splat(0x3f000000))
  const isSmall = f32x4.lt(half, f32x4.splat(0.70710678))
  // A small mantissa is doubled; the mask is -1 as a whole number.
  const e = f32x4.convert_i32x4_s(i32x4.add(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)), isSmall))
  const m = f32x4.sub(f32x4.add(half, v128.and(half, isSmall)), f32x4.splat(1))
  const z = f32x4.mul(m, m)
  let p = f32x4.splat(7.0376836292e-2)
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.151461031e-1))
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.1676998740e-1))
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.2420140846e-1))
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(1.4249322787e-1))
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-1.6668057665e-1))
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(2.0000714765e-1))
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(-2.4999993993e-1))
  p = f32x4.add(f32x4.mul(p, m), f32x4.splat(3.3333331174e-1))
  let y = f32x4.mul(f32x4.mul(p, m), z)
  y = f32x4.add(y, f32x4.mul(e, f32x4.splat(-2.1219444e-4)))
  y = f32x4.sub(y, f32x4.mul(z, f32x4.splat(0.5)))
  return f32x4.add(f32x4.add(m, y), f32x4.mul(e, f32x4.splat(0.693359375)))
}

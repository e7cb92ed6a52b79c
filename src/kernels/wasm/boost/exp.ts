// The exponential of four float32 numbers at a time.

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

/**
 * Wilson's score interval of a share. Source: Wilson (1927), JASA 22. It always holds the share, so at 0 and 1 its end is
 * exactly that, where rounding alone would leave it 1e-17 inside.
 * @param n at least 1
 * @param z normal quantile of the level, e.g. 1.96 for 95 %
 */
export function wilsonBounds(successes: number, n: number, z: number): [lower: number, upper: number] {
  const p = successes / n
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return [Math.max(0, Math.min(p, centre - half)), Math.min(1, Math.max(p, centre + half))]
}

/**
 * Places of at most `nPoints` points, spread evenly along a curve: the first, the last, and for each of evenly spaced
 * positions the first point that has reached it. All of them when they are few enough.
 * @param position how far along the curve each point lies, not descending
 * @param nPoints  at least 2
 */
export function thinOut(position: Float64Array, nPoints: number): number[] {
  const n = position.length
  if (n <= nPoints) return [...position.keys()]
  const length = position[n - 1] - position[0]
  const kept = [0]
  for (let k = 1, at = 0; k < nPoints - 1; k++) {
    const wanted = position[0] + (length * k) / (nPoints - 1)
    while (position[at] < wanted) at++
    if (at > kept[kept.length - 1] && at < n - 1) kept.push(at)
  }
  return [...kept, n - 1]
}

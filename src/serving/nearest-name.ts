/**
 * The known name closest to `name` by edit distance (insert, delete, replace; letter case ignored), or `undefined` when even
 * the closest differs in more than a third of its letters. Names longer than 100 characters have no nearest. O(names x length²).
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > 100) return undefined
  let nearest: string | undefined
  let nearestDistance = Infinity
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase())
    if (distance < nearestDistance && distance <= Math.max(1, Math.floor(candidate.length / 3))) {
      nearest = candidate
      nearestDistance = distance
    }
  }
  return nearest
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++)
      row[j] = Math.min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1))
    previous = row
  }
  return previous[b.length]
}

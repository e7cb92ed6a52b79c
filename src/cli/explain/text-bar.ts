/** A bar of text, as long as the share says. */
export function textBar(share: number, width: number): string {
  const halves = Math.round(2 * width * Math.min(Math.max(share, 0), 1))
  return '█'.repeat(halves >> 1) + (halves % 2 === 1 ? '▌' : '')
}

/** A bar to the right of a line in the middle for what is positive, to its left for what is negative. */
export function signedBar(share: number, width: number): string {
  const length = Math.round(width * Math.min(Math.abs(share), 1))
  if (share < 0) return `${' '.repeat(width - length)}${'█'.repeat(length)}│`
  return `${' '.repeat(width)}│${'█'.repeat(length)}`
}

import { setImmediate as nextTurn } from 'node:timers/promises'

const AIM_MS = 2
const FIRST_SLICE = 64
const SMALLEST_SLICE = 8
const LARGEST_GROWTH = 4

/**
 * Runs `work` over `0..n` in slices of about 2 ms and lets the event loop turn between them, so that a large request does not
 * hold up small ones. The slice adapts to how long the last one took.
 * @returns nothing when one slice was enough: a small request need not wait for a turn
 */
export function inSlices(n: number, work: (from: number, to: number) => void): Promise<void> | undefined {
  if (n > FIRST_SLICE) return runSlices(n, work)
  if (n > 0) work(0, n)
  return undefined
}

async function runSlices(n: number, work: (from: number, to: number) => void): Promise<void> {
  let size = FIRST_SLICE
  let from = 0
  while (from < n) {
    const to = Math.min(n, from + size)
    const startedMs = performance.now()
    work(from, to)
    const growth = Math.min(LARGEST_GROWTH, AIM_MS / Math.max(performance.now() - startedMs, 0.01))
    size = Math.max(SMALLEST_SLICE, Math.floor(size * growth))
    from = to
    if (from < n) await nextTurn()
  }
}

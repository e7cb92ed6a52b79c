import { AssayError } from '../errors/index.ts'

const MOST_WRONG = 100
const WINDOW_MS = 3_600_000
const MOST_ADDRESSES = 10_000

export type WrongKeyLimit = {
  /** @throws TOO_MANY_WRONG_KEYS when this address has used up its tries */
  check(address: string): void
  /** Counts a wrong key. */
  count(address: string): void
}

/**
 * Counts wrong keys by address: 100 an hour, from the first one on. Keeps the 10,000 addresses that came last.
 * @param now the clock, in milliseconds
 */
export function createWrongKeyLimit(now: () => number): WrongKeyLimit {
  const windows = new Map<string, { nWrong: number; endsAt: number }>()

  function open(address: string) {
    const window = windows.get(address)
    return window && window.endsAt > now() ? window : undefined
  }

  return {
    check(address) {
      const window = open(address)
      if (!window || window.nWrong < MOST_WRONG) return
      const retryAfterSeconds = Math.ceil((window.endsAt - now()) / 1000)
      throw new AssayError('TOO_MANY_WRONG_KEYS', { address, limit: MOST_WRONG, retryAfterSeconds })
    },
    count(address) {
      const window = open(address) ?? { nWrong: 0, endsAt: now() + WINDOW_MS }
      window.nWrong++
      windows.delete(address)
      windows.set(address, window)
      if (windows.size > MOST_ADDRESSES) windows.delete(windows.keys().next().value!)
    },
  }
}

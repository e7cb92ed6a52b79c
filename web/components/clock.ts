import { useSyncExternalStore } from 'react'

/** One clock for every relative time and running duration on the page: a tick a second, none while nobody looks. */
const listeners = new Set<() => void>()
let nowMs = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    nowMs = Date.now()
    for (const tell of listeners) tell()
  }, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** Milliseconds since the epoch, anew each second. */
export const useNow = () => useSyncExternalStore(subscribe, () => nowMs)

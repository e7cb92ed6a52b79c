import { useEffect, useRef, useState } from 'react'
import { request } from './client.ts'
import { openResumableSocket } from './resumable-socket.ts'

type Item = { seq: number }

export type RunStream<Known, Incoming extends Item> = {
  /** both the page under a run's address and the socket are named by it */
  name: 'logs' | 'measurements'
  empty: Known
  /** gives `known` itself back when nothing came */
  merge: (known: Known, incoming: Incoming[]) => Known
}

/** Items are drawn in batches, so that a burst costs one drawing. */
const drawMs = 100

/** Every stored item after `after`, page by page, handed on as it comes. */
async function readStored<Incoming extends Item>(
  path: string,
  { after, onPage, signal }: { after: number; onPage: (items: Incoming[]) => void; signal: AbortSignal },
) {
  for (let position = after; ;) {
    const page = await request<{ items: Incoming[] }>(path, { query: { after: position }, signal })
    if (page.items.length === 0) return
    onPage(page.items)
    position = page.items.at(-1)!.seq
  }
}

/**
 * What a run tells in numbered items: what is stored first, and while the run is live what comes after it over a WebSocket that
 * resumes by number.
 * @param stream of the module, not made anew with each drawing
 */
export function useRunStream<Known, Incoming extends Item>(
  { name, empty, merge }: RunStream<Known, Incoming>,
  { runId, isLive }: { runId: string; isLive: boolean },
): { known: Known; isLoading: boolean; error: Error | null } {
  const [known, setKnown] = useState(empty)
  const [isLoading, setIsLoading] = useState(true)
  const [error, setError] = useState<Error | null>(null)
  const last = useRef(0)

  useEffect(() => {
    setKnown(empty)
    setIsLoading(true)
    last.current = 0
  }, [runId, empty])

  useEffect(() => {
    const stop = new AbortController()
    let pending: Incoming[] = []
    let closeSocket = () => {}
    const take = (incoming: Incoming[]) => {
      pending.push(...incoming)
      last.current = Math.max(last.current, incoming.at(-1)?.seq ?? 0)
    }
    const flush = () => {
      if (pending.length === 0) return
      const batch = pending
      pending = []
      setKnown((before) => merge(before, batch))
    }
    const timer = setInterval(flush, drawMs)
    readStored(`/pipeline/${runId}/${name}`, { after: last.current, onPage: take, signal: stop.signal })
      .then(() => {
        setError(null)
        if (isLive && !stop.signal.aborted) {
          closeSocket = openResumableSocket({
            path: () => `/ws/${name}/${runId}?after=${last.current}`,
            onMessage: (item) => take([item as Incoming]),
          })
        }
      })
      .catch((cause: Error) => stop.signal.aborted || setError(cause))
      .finally(() => {
        if (stop.signal.aborted) return
        flush()
        setIsLoading(false)
      })
    return () => {
      stop.abort()
      closeSocket()
      clearInterval(timer)
    }
  }, [runId, isLive, name, merge])

  return { known, isLoading, error }
}

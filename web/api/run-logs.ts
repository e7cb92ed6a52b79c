import { useEffect, useRef, useState } from 'react'
import { request } from './client.ts'
import { mergeLogLines } from './log-lines.ts'
import { openResumableSocket } from './resumable-socket.ts'
import type { LogLine } from './types.ts'

type LogPage = { items: LogLine[]; last: number }

/** Every stored line after `after`, page by page, handed on as it comes. */
async function readStored(runId: string, after: number, onPage: (lines: LogLine[]) => void, signal: AbortSignal) {
  for (let position = after; ;) {
    const page = await request<LogPage>(`/pipeline/${runId}/logs`, { query: { after: position }, signal })
    if (page.items.length === 0) return
    onPage(page.items)
    position = page.items.at(-1)!.seq
  }
}

/**
 * A run's log: what is stored first, and while the run is live what comes after it over a WebSocket that resumes by
 * sequence number. Lines are drawn in batches of 100 ms.
 */
export function useRunLogs(
  runId: string,
  isLive: boolean,
): { lines: LogLine[]; isLoading: boolean; error: Error | null } {
  const [lines, setLines] = useState<LogLine[]>([])
  const [isLoading, setIsLoading] = useState(true)
  const [error, setError] = useState<Error | null>(null)
  const last = useRef(0)

  useEffect(() => {
    setLines([])
    setIsLoading(true)
    last.current = 0
  }, [runId])

  useEffect(() => {
    const stop = new AbortController()
    let pending: LogLine[] = []
    let closeSocket = () => {}
    const take = (incoming: LogLine[]) => {
      pending.push(...incoming)
      last.current = Math.max(last.current, incoming.at(-1)?.seq ?? 0)
    }
    const flush = () => {
      if (pending.length === 0) return
      const batch = pending
      pending = []
      setLines((known) => mergeLogLines(known, batch))
    }
    const timer = setInterval(flush, 100)
    readStored(runId, last.current, take, stop.signal)
      .then(() => {
        setError(null)
        if (isLive) {
          closeSocket = openResumableSocket({
            path: () => `/ws/logs/${runId}?after=${last.current}`,
            onMessage: (line) => take([line as LogLine]),
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
  }, [runId, isLive])

  return { lines, isLoading, error }
}

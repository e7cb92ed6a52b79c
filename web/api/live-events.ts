import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { onKeyChange } from './credentials.ts'
import { openResumableSocket, reconnectDelayMs, type SocketState } from './resumable-socket.ts'
import { listEvents } from './system.ts'
import type { AssayEvent } from './types.ts'

const eventsKey = ['events']
const mostEvents = 100

/** Newest first, each position once. */
export function mergeEvents(known: AssayEvent[], incoming: AssayEvent[], limit = mostEvents): AssayEvent[] {
  const byPosition = new Map([...known, ...incoming].map((event) => [event.position, event]))
  return [...byPosition.values()].toSorted((a, b) => b.position - a.position).slice(0, limit)
}

/** Which cached answers an event makes out of date, by the first word of its type. */
export function staleKeys(eventType: string): string[][] {
  const subject = eventType.split('.', 1)[0]
  const keys: Record<string, string[][]> = {
    run: [['runs'], ['overview']],
    commit: [['runs']],
    approval: [['approvals'], ['runs'], ['overview'], ['models']],
    model: [['models'], ['overview']],
    deployment: [['models'], ['overview']],
    actor: [['actors'], ['me']],
  }
  return keys[subject] ?? [['overview']]
}

async function latestEvents(): Promise<AssayEvent[]> {
  const { last } = await listEvents({ limit: 1 })
  const { items } = await listEvents({ after: Math.max(0, last - mostEvents), limit: mostEvents })
  return items
}

function takeIn(client: QueryClient, incoming: AssayEvent[]) {
  client.setQueryData<AssayEvent[]>(eventsKey, (known = []) => mergeEvents(known, incoming))
}

/**
 * Keeps the newest events in the cache and refreshes what each makes out of date. Once for the whole application.
 * @returns the connection's state, for telling a person that what is shown may be old.
 */
export function useLiveEvents(): SocketState {
  const client = useQueryClient()
  const [state, setState] = useState<SocketState>('connecting')

  useEffect(() => {
    let close = () => {}
    let retry: ReturnType<typeof setTimeout> | undefined
    let round = 0
    const stale = new Set<string>()
    /** Starts at the newest events, never at the first: until those are had, it asks again. */
    const follow = async (attempt = 0) => {
      const mine = ++round
      const first = await latestEvents().catch(() => null)
      if (mine !== round) return
      if (first === null) {
        setState('waiting')
        retry = setTimeout(() => void follow(attempt + 1), reconnectDelayMs(attempt))
        return
      }
      takeIn(client, first)
      let position = first.at(-1)?.position ?? 0
      close = openResumableSocket({
        path: () => `/ws/events?after=${position}`,
        onState: setState,
        onMessage: (message) => {
          const event = message as AssayEvent
          position = Math.max(position, event.position)
          takeIn(client, [event])
          for (const key of staleKeys(event.type)) stale.add(JSON.stringify(key))
        },
      })
    }
    const stop = () => {
      round += 1
      clearTimeout(retry)
      close()
      close = () => {}
    }
    const refresh = setInterval(() => {
      for (const key of stale) void client.invalidateQueries({ queryKey: JSON.parse(key) as string[] })
      stale.clear()
    }, 300)
    void follow()
    const stopListening = onKeyChange(() => {
      stop()
      void client.invalidateQueries()
      void follow()
    })
    return () => {
      stop()
      clearInterval(refresh)
      stopListening()
    }
  }, [client])
  return state
}

export const eventsQuery = { queryKey: eventsKey, queryFn: latestEvents, staleTime: Infinity }

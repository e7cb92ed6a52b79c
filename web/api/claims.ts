import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { post, request } from './client.ts'
import { ClaimsFeed, type ClaimsView } from './claims-feed.ts'
import { openResumableSocket, type SocketState } from './resumable-socket.ts'
import type { DriftReport, DriftSetting, FeedMessage, StreamStatus } from './types.ts'

export const streamQuery = queryOptions({
  queryKey: ['claims', 'stream'],
  queryFn: ({ signal }) => request<StreamStatus>('/claims/stream', { signal }),
  refetchInterval: 10_000,
})

export const driftQuery = queryOptions({
  queryKey: ['claims', 'drift'],
  queryFn: ({ signal }) => request<DriftReport>('/claims/drift', { signal }),
  refetchInterval: 10_000,
})

export function useStreamControl() {
  const client = useQueryClient()
  const keep = (status: StreamStatus) => client.setQueryData(streamQuery.queryKey, status)
  return {
    start: useMutation({
      mutationFn: (body: { rate: number; drift: DriftSetting | null }) =>
        post<StreamStatus>('/claims/stream/start', body),
      onSuccess: keep,
    }),
    stop: useMutation({ mutationFn: () => post<StreamStatus>('/claims/stream/stop'), onSuccess: keep }),
  }
}

const drawEveryMs = 250

/** The live stream, drawn four times a second at most; while `isPaused` the picture stands still and counting goes on. */
export function useClaimsFeed(isPaused: boolean): ClaimsView & { connection: SocketState } {
  const feed = useMemo(() => new ClaimsFeed(), [])
  const [view, setView] = useState(() => feed.view(Date.now()))
  const [connection, setConnection] = useState<SocketState>('connecting')

  useEffect(
    () =>
      openResumableSocket({
        path: () => '/ws/claims',
        onMessage: (message) => feed.receive(message as FeedMessage, Date.now()),
        onState: setConnection,
      }),
    [feed],
  )
  useEffect(() => {
    if (isPaused) return
    const timer = setInterval(() => setView(feed.view(Date.now())), drawEveryMs)
    return () => clearInterval(timer)
  }, [feed, isPaused])
  return { ...view, connection }
}

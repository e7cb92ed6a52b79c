import { useNow } from './clock.ts'
import { formatAgo, formatDuration, formatTime } from './format.ts'

/** How long ago, with the moment itself as its title. */
export function Ago({ at }: { at: string }) {
  const nowMs = useNow()
  return (
    <time dateTime={at} title={formatTime(at)}>
      {formatAgo(at, nowMs)}
    </time>
  )
}

type Span = { durationMs: number | null; startedAt: string | null; isRunning: boolean }

/** A duration; while it runs, the time since its start. */
export function Duration({ durationMs, startedAt, isRunning }: Span) {
  const nowMs = useNow()
  if (!isRunning || startedAt === null) return <>{formatDuration(durationMs)}</>
  return <>{formatDuration(Math.max(0, Math.floor((nowMs - Date.parse(startedAt)) / 1_000) * 1_000))}</>
}

import type { LogLevel, LogLine } from './types.ts'

/** More than this many lines are not kept in the page; the oldest go first. */
export const mostLines = 5_000

/**
 * Joins what is known with what has come, by sequence number: each line once, ascending, at most `limit` newest.
 * The usual case, a batch that follows on, costs one concatenation; an overlap after a reconnection is sorted out.
 */
export function mergeLogLines(known: LogLine[], incoming: LogLine[], limit = mostLines): LogLine[] {
  if (incoming.length === 0) return known
  const lastKnown = known.at(-1)?.seq ?? -Infinity
  const followsOn = incoming.every((line, i) => line.seq > (i === 0 ? lastKnown : incoming[i - 1].seq))
  const merged = followsOn ? known.concat(incoming) : mergeOverlap(known, incoming)
  return merged.length > limit ? merged.slice(merged.length - limit) : merged
}

function mergeOverlap(known: LogLine[], incoming: LogLine[]): LogLine[] {
  const bySeq = new Map([...known, ...incoming].map((line) => [line.seq, line]))
  return [...bySeq.values()].toSorted((a, b) => a.seq - b.seq)
}

const rank: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 }

export type LogFilter = { steps: string[] | null; atLeast: LogLevel; text: string }

/** Lines of some steps (or of all), of a level or worse, that hold a text whatever its case. */
export function filterLogLines(lines: LogLine[], filter: LogFilter): LogLine[] {
  const wanted = filter.text.trim().toLowerCase()
  return lines.filter(
    (line) =>
      (filter.steps === null || filter.steps.includes(line.step)) &&
      rank[line.level] >= rank[filter.atLeast] &&
      (wanted === '' || line.text.toLowerCase().includes(wanted)),
  )
}

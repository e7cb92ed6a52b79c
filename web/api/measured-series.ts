import type { Measurements, Series } from './types.ts'

/** A series as far as it is known: of the newest attempt of its step, ascending in x, each x once. */
export type MeasuredSeries = Series & { step: string; attempt: number; points: Point[] }

type Point = { x: number; y: number }

const keyOf = (step: string, { subject, metric, over, on, fold }: Series) =>
  JSON.stringify([step, subject, metric, over, on, fold])

/**
 * Joins what is known with pieces that have come. A new attempt of a step begins anew; of an x that is told again the last word
 * counts. Series that did not change stay the same objects, so that only what changed is drawn.
 */
export function mergeMeasurements(known: MeasuredSeries[], incoming: Measurements[]): MeasuredSeries[] {
  if (incoming.length === 0) return known
  const attempts = new Map(known.map(({ step, attempt }) => [step, attempt]))
  for (const { step, attempt } of incoming) attempts.set(step, Math.max(attempt, attempts.get(step) ?? 0))
  const isNewest = ({ step, attempt }: { step: string; attempt: number }) => attempts.get(step) === attempt
  const joined = new Map(known.filter(isNewest).map((series) => [keyOf(series.step, series), series]))
  for (const piece of incoming.filter(isNewest)) {
    const { step, attempt, series } = piece
    const key = keyOf(step, series)
    joined.set(key, { ...series, step, attempt, points: join(joined.get(key)?.points ?? [], piece.points) })
  }
  return [...joined.values()]
}

function join(known: Point[], pairs: number[][]): Point[] {
  const incoming = pairs.map(([x, y]) => ({ x, y }))
  const followsOn = incoming.every(({ x }, i) => x > (i === 0 ? (known.at(-1)?.x ?? -Infinity) : incoming[i - 1].x))
  if (followsOn) return known.concat(incoming)
  const byX = new Map([...known, ...incoming].map((point) => [point.x, point]))
  return [...byX.values()].toSorted((a, b) => a.x - b.x)
}

import type { Interval } from '../api/types.ts'
import { cssToken, type TokenName } from '../app/theme.ts'

export type Domain = [from: number, to: number]

type Props = {
  interval: Interval
  domain: Domain
  width?: number
  height?: number
  /** a value to be seen beside it: a threshold, or zero for a difference */
  reference?: number
  color?: TokenName
}

/** The smallest range that holds all intervals, and the reference, with a twentieth of room on both sides. */
export function domainOf(intervals: Interval[], references: number[] = []): Domain {
  const ends = intervals.flatMap(({ estimate, lower, upper }) => [estimate, lower, upper])
  const values = [...ends, ...references].filter((value) => value !== null && Number.isFinite(value)) as number[]
  if (values.length === 0) return [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = high > low ? (high - low) / 20 : 0.05
  return [low - room, high + room]
}

export const scaleTo =
  ([from, to]: Domain, width: number) =>
  (value: number) =>
    ((value - from) / (to - from)) * width

/** An estimate as a dot on the line of its interval, on a scale shared with its neighbours. */
export function IntervalMark({ interval, domain, width = 88, height = 14, reference, color = 'text' }: Props) {
  const x = scaleTo(domain, width)
  const middle = height / 2
  const clamp = (value: number) => Math.min(Math.max(x(value), 1), width - 1)
  const { estimate, lower, upper, level } = interval
  if (estimate === null) return null
  return (
    <svg
      width={width}
      height={height}
      role="img"
      style={{ flex: 'none' }}
      aria-label={`${Math.round(level * 100)} % interval`}
    >
      <line x1="0" x2={width} y1={middle} y2={middle} stroke={cssToken('border')} />
      {reference !== undefined && (
        <line
          x1={clamp(reference)}
          x2={clamp(reference)}
          y1="0"
          y2={height}
          stroke={cssToken('idleMark')}
          strokeDasharray="2 2"
        />
      )}
      {lower !== null && upper !== null && (
        <line x1={clamp(lower)} x2={clamp(upper)} y1={middle} y2={middle} stroke={cssToken(color)} strokeWidth="2" />
      )}
      <circle cx={clamp(estimate)} cy={middle} r="3.2" fill={cssToken(color)} />
    </svg>
  )
}

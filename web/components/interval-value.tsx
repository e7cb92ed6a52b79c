import type { Interval } from '../api/types.ts'
import { IntervalMark, type Domain } from '../charts/interval-mark.tsx'
import { formatScore } from './format.ts'
import classes from './interval-value.module.css'

type Props = { interval: Interval | null | undefined; domain?: Domain; isStacked?: boolean }

/** An estimate with its interval in figures, and as a mark where a shared scale is given. */
export function IntervalValue({ interval, domain, isStacked }: Props) {
  if (interval == null) return <>–</>
  const { estimate, lower, upper, level } = interval
  return (
    <span className={classes.value} data-stacked={isStacked || undefined}>
      <span className={classes.estimate}>{formatScore(estimate)}</span>
      <span className={classes.range} title={`${Math.round(level * 100)} % interval`}>
        {formatScore(lower)}–{formatScore(upper)}
      </span>
      {domain !== undefined && <IntervalMark interval={interval} domain={domain} width={isStacked ? 88 : 64} />}
    </span>
  )
}

import type { Overview } from '../../api/types.ts'
import { Sparkline } from '../../charts/sparkline.tsx'
import { Figure, Figures } from '../../components/facts.tsx'
import { formatCount, formatDuration, formatNumber, formatScore, formatShare } from '../../components/format.ts'
import { useHistory } from '../../components/history.ts'
import { StateMark } from '../../components/state.tsx'

const size = { width: 64, height: 24 }

/** The figures looked at first: serving, runs, drift. The small lines hold what was seen since the page was opened. */
export function KeyFigures({ overview, answeredAt }: { overview: Overview; answeredAt: number }) {
  const { serving, runs, drift } = overview
  const rate = useHistory(serving.predictionsPerMinute, answeredAt)
  const p99 = useHistory(serving.p99Ms, answeredAt)
  return (
    <Figures>
      <Figure
        name="Predictions"
        value={formatNumber(serving.predictionsPerMinute)}
        unit="/ min"
        note={`${formatCount(serving.nPredictions)} in all, ${formatCount(serving.nErrors)} errors`}
      >
        <Sparkline values={rate} {...size} label="Predictions per minute since this page was opened" />
      </Figure>
      <Figure name="Latency p99" value={formatDuration(serving.p99Ms)} note={`p50 ${formatDuration(serving.p50Ms)}`}>
        <Sparkline values={p99} {...size} label="Latency p99 since this page was opened" />
      </Figure>
      <Figure
        name="Drift score"
        value={formatScore(drift?.driftScore)}
        note={drift === null ? 'no champion to watch' : <StateMark kind="drift" value={drift.status} size={12} />}
      />
      <Figure
        name="Runs today"
        value={formatCount(runs.succeededToday + runs.failedToday)}
        note={`${runs.succeededToday} succeeded, ${runs.failedToday} failed`}
      />
      <Figure name="Success rate today" value={formatShare(runs.successRate, 0)} note={`${runs.active} active now`} />
    </Figures>
  )
}

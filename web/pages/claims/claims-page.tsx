import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { driftQuery, streamQuery, useClaimsFeed } from '../../api/claims.ts'
import { decisionMix } from '../../api/claims-feed.ts'
import { modelsQuery } from '../../api/models.ts'
import { Sparkline } from '../../charts/sparkline.tsx'
import { Failure } from '../../components/answers.tsx'
import { Figure, Figures } from '../../components/facts.tsx'
import { formatCount, formatNumber, formatScore } from '../../components/format.ts'
import { PauseIcon, PlayIcon } from '../../components/icons.tsx'
import { Page } from '../../components/page.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateMark } from '../../components/state.tsx'
import { ClaimsTable } from './claims-table.tsx'
import classes from './claims.module.css'
import { DecisionMix } from './decision-mix.tsx'
import { DriftPanel } from './drift-panel.tsx'
import { StreamControl } from './stream-control.tsx'

/** Claims as they come, what the champion makes of them, and whether they still look like those it was trained on. */
export function ClaimsPage() {
  const [isPaused, setIsPaused] = useState(false)
  const feed = useClaimsFeed(isPaused)
  const stream = useQuery(streamQuery)
  const models = useQuery(modelsQuery)
  const hasChampion = models.data?.items.some(({ champion }) => champion !== null) ?? false
  const drift = useQuery({ ...driftQuery, enabled: hasChampion })
  const status = feed.status ?? stream.data ?? null
  const report = feed.report ?? drift.data ?? null

  return (
    <Page title="Claims" note="Synthetic claims, scored by the champion as they arrive">
      {stream.error !== null && <Failure error={stream.error} onRetry={() => void stream.refetch()} />}
      {status !== null && <StreamControl status={status} />}
      <Figures>
        <Figure name="Throughput" value={formatNumber(feed.perSecond.at(-1))} unit="claims / s" note="last minute">
          <Sparkline values={feed.perSecond} width={110} height={26} label="Claims per second over the last minute" />
        </Figure>
        <Figure
          name="Shown here"
          value={formatCount(feed.nReceived)}
          unit="claims"
          note={
            feed.nSkipped === 0
              ? 'none skipped'
              : `${formatCount(feed.nSkipped)} skipped: they came faster than this page draws`
          }
        />
        <Figure
          name="Decisions"
          value={<DecisionMix mix={decisionMix(feed.claims)} />}
          note={`of the last ${formatCount(feed.claims.length)} claims`}
        />
        <Figure
          name="Drift score"
          value={formatScore(report?.driftScore)}
          note={report === null ? 'not measured yet' : <StateMark kind="drift" value={report.status} size={12} />}
        />
      </Figures>
      <div className={classes.grid}>
        <Panel
          title="Newest claims"
          isFlush
          testId="claims-table"
          aside={
            <>
              {feed.connection !== 'open' && <span role="status">not connected, trying again</span>}
              <Button
                leftSection={isPaused ? <PlayIcon size={11} /> : <PauseIcon size={11} />}
                aria-pressed={isPaused}
                onClick={() => setIsPaused(!isPaused)}
              >
                {isPaused ? 'Follow' : 'Pause'}
              </Button>
            </>
          }
        >
          <ClaimsTable claims={feed.claims} isRunning={status?.running ?? false} />
        </Panel>
        <DriftPanel
          report={report}
          hasChampion={hasChampion}
          error={drift.error}
          onRetry={() => void drift.refetch()}
        />
      </div>
    </Page>
  )
}

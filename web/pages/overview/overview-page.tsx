import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { usePipelineActions } from '../../api/pipeline.ts'
import { overviewQuery } from '../../api/system.ts'
import type { Overview } from '../../api/types.ts'
import { Answer } from '../../components/answers.tsx'
import { formatDuration } from '../../components/format.ts'
import { PlayIcon } from '../../components/icons.tsx'
import { tellFailure } from '../../components/notify.ts'
import { Page } from '../../components/page.tsx'
import { GuardedButton } from '../../components/permission.tsx'
import { Attention } from './attention.tsx'
import { ChampionPanel } from './champion-panel.tsx'
import { EventsPanel } from './events-panel.tsx'
import classes from './overview.module.css'
import { KeyFigures } from './key-figures.tsx'
import { LatestRunPanel } from './latest-run-panel.tsx'
import { FailuresPanel, ResourcesPanel } from './side-panels.tsx'
import { headline } from './verdict.ts'

/** Is anything wrong, and what is going on. */
export function OverviewPage() {
  const query = useQuery(overviewQuery)
  const overview = query.data
  return (
    <Page
      title="Overview"
      note={
        <span aria-live="polite">
          {overview !== undefined ? headline(overview) : query.isLoading ? 'Loading…' : 'Not available'}
        </span>
      }
      actions={overview !== undefined && <StartButton overview={overview} />}
    >
      <Answer query={query} lines={8}>
        {(overview) => (
          <>
            <Attention overview={overview} />
            <KeyFigures overview={overview} answeredAt={query.dataUpdatedAt} />
            <div className={classes.grid}>
              <div className={classes.column}>
                <LatestRunPanel />
                <ChampionPanel champion={overview.champion} />
                <FailuresPanel runs={overview.runs.lastFailures} />
              </div>
              <div className={classes.column}>
                <ResourcesPanel resources={overview.resources} />
                <EventsPanel />
              </div>
            </div>
          </>
        )}
      </Answer>
    </Page>
  )
}

function StartButton({ overview }: { overview: Overview }) {
  const { start } = usePipelineActions()
  const [, navigate] = useLocation()
  const run = () =>
    start.mutate(undefined, { onSuccess: ({ runId }) => navigate(`/pipeline/${runId}`), onError: tellFailure })
  return (
    <>
      {overview.runs.active > 0 && (
        <Button onClick={() => navigate('/pipeline')}>
          {overview.runs.active} {overview.runs.active === 1 ? 'run' : 'runs'} active
        </Button>
      )}
      <GuardedButton
        permission="pipeline.run"
        variant="filled"
        leftSection={<PlayIcon size={13} />}
        loading={start.isPending}
        onClick={run}
      >
        Start pipeline
        {overview.estimatedRunMs !== null && ` (about ${formatDuration(overview.estimatedRunMs)})`}
      </GuardedButton>
    </>
  )
}

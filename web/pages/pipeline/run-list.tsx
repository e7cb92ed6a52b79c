import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { isActive } from '../../api/pipeline.ts'
import type { RunSummary } from '../../api/types.ts'
import { runTitle, Sha } from '../../components/commit-words.tsx'
import { StateMark } from '../../components/state.tsx'
import { Ago, Duration } from '../../components/time.tsx'
import classes from './run-list.module.css'

type Props = { runs: RunSummary[]; selectedId: string | null; onMore?: () => void; isLoadingMore: boolean }

/** Runs, newest first. */
export function RunList({ runs, selectedId, onMore, isLoadingMore }: Props) {
  return (
    <nav className={classes.list} aria-label="Runs" data-testid="run-list">
      <ol>
        {runs.map((run) => (
          <li key={run.id}>
            <Link
              href={`/pipeline/${run.id}`}
              className={classes.run}
              aria-current={run.id === selectedId ? 'true' : undefined}
            >
              <StateMark kind="state" value={run.state} isIconOnly size={15} />
              <span className={classes.words}>
                <span className={classes.title}>{runTitle(run)}</span>
                <span className={classes.facts}>
                  {run.commit === null ? run.trigger : <Sha sha={run.commit.sha} />}
                  <Ago at={run.createdAt} />
                  <span className={classes.duration}>
                    <Duration durationMs={run.durationMs} startedAt={run.createdAt} isRunning={isActive(run.state)} />
                  </span>
                </span>
                {run.waitingFor !== null && <span className={classes.waiting}>waits for {run.waitingFor}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {onMore !== undefined && (
        <Button variant="subtle" fullWidth onClick={onMore} loading={isLoadingMore}>
          Older runs
        </Button>
      )}
    </nav>
  )
}

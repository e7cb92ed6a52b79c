import { Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isActive, runQuery, usePipelineActions } from '../../../api/pipeline.ts'
import type { RunDetail } from '../../../api/types.ts'
import { Answer } from '../../../components/answers.tsx'
import { tellFailure } from '../../../components/notify.ts'
import { StateMark } from '../../../components/state.tsx'
import { Duration } from '../../../components/time.tsx'
import classes from './import.module.css'

type Props = { runId: string; onDone: (run: RunDetail) => void; onDismiss: () => void }

/** An import on its way: what it does at the moment, how far it is, or why it ended. */
export function ImportProgress({ runId, onDone, onDismiss }: Props) {
  const query = useQuery(runQuery(runId))
  const run = query.data
  const isDone = run?.state === 'succeeded' && run.datasetVersion !== null
  useEffect(() => {
    if (isDone) onDone(run)
  }, [isDone, run, onDone])
  return (
    <section className={classes.progress} aria-label="Import" data-testid="import-progress">
      <Answer query={query}>{(run) => <Course run={run} onDismiss={onDismiss} />}</Answer>
    </section>
  )
}

function Course({ run, onDismiss }: { run: RunDetail; onDismiss: () => void }) {
  const { control } = usePipelineActions()
  const step = run.steps.find(({ state }) => state === 'running') ?? run.steps[0]
  const progress = step?.progress ?? null
  return (
    <>
      <div className={classes.uploadWords}>
        <StateMark kind="state" value={run.state} isTinted />
        <b>{run.project}</b>
        <span className="muted">
          {isActive(run.state) ? (progress?.text ?? 'queued') : ''}{' '}
          <Duration durationMs={run.durationMs} startedAt={run.createdAt} isRunning={isActive(run.state)} />
        </span>
        <span className={classes.buttons}>
          {run.canCancel && (
            <Button
              loading={control.isPending}
              onClick={() => control.mutate({ runId: run.id, action: 'cancel' }, { onError: tellFailure })}
            >
              Cancel
            </Button>
          )}
          {!isActive(run.state) && <Button onClick={onDismiss}>Close</Button>}
        </span>
      </div>
      {isActive(run.state) && (
        <Progress
          value={progress === null || progress.total === 0 ? 100 : (progress.done / progress.total) * 100}
          animated
          color="var(--a-run-mark)"
          aria-label="Import"
          mt={8}
        />
      )}
      {run.failure !== null && (
        <p className={classes.failure} role="alert">
          {run.failure.message} <code className="muted">{run.failure.code}</code>
        </p>
      )}
    </>
  )
}

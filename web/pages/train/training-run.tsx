import { Button, Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { Link } from 'wouter'
import { versionQuery } from '../../api/models.ts'
import { isActive, runQuery, usePipelineActions } from '../../api/pipeline.ts'
import { useRunLogs } from '../../api/run-logs.ts'
import { useRunMeasurements } from '../../api/run-measurements.ts'
import type { LogLine, RunDetail } from '../../api/types.ts'
import { Answer, Failure } from '../../components/answers.tsx'
import { GateTable } from '../../components/gate-table.tsx'
import { LearningCards } from '../../components/learning/learning-cards.tsx'
import { tellFailure } from '../../components/notify.ts'
import { Panel } from '../../components/panel.tsx'
import { StateMark } from '../../components/state.tsx'
import { StepStrip } from '../../components/step-strip.tsx'
import { Duration } from '../../components/time.tsx'
import { EvaluationPanel } from '../models/evaluation/evaluation-panel.tsx'
import { LeaderboardPanel } from '../models/leaderboard-panel.tsx'
import { trainingVerdict } from './run-verdict.ts'
import classes from './train.module.css'

/** A training from its start to its verdict. */
export function TrainingRun({ runId }: { runId: string }) {
  const query = useQuery(runQuery(runId))
  return (
    <Answer query={query} lines={10}>
      {(run) => (
        <>
          <VerdictLine run={run} />
          {run.state === 'failed' && <Faults runId={run.id} />}
          <LearningPanel run={run} />
          <Findings run={run} />
          {run.modelVersion !== null && <Evidence model={run.model} version={run.modelVersion} />}
        </>
      )}
    </Answer>
  )
}

function VerdictLine({ run }: { run: RunDetail }) {
  const { control } = usePipelineActions()
  const { tone, words } = trainingVerdict(run)
  const step = run.steps.find(({ state }) => state === 'running')
  const progress = step?.progress ?? null
  return (
    <section className={classes.verdict} data-tone={tone} aria-label="Training" data-testid="training-verdict">
      <div className={classes.verdictHead}>
        <StateMark kind="state" value={run.state} isTinted />
        <p className={classes.words} role="status">
          {words}
        </p>
        <span className={classes.buttons}>
          {run.canCancel && (
            <Button
              loading={control.isPending}
              onClick={() => control.mutate({ runId: run.id, action: 'cancel' }, { onError: tellFailure })}
            >
              Cancel
            </Button>
          )}
          <Button
            component={Link}
            href={`/pipeline/${run.id}`}
            variant={run.state === 'waiting' ? 'filled' : 'default'}
          >
            {run.state === 'waiting' ? 'Go to the approval' : 'See every step'}
          </Button>
        </span>
      </div>
      <StepStrip steps={run.steps} />
      {isActive(run.state) && (
        <div>
          <p className="muted">
            {step === undefined ? 'Queued' : step.title}
            {progress !== null && `: ${progress.text}`}{' '}
            <Duration durationMs={run.durationMs} startedAt={run.createdAt} isRunning />
          </p>
          <Progress
            value={progress === null || progress.total === 0 ? 100 : (progress.done / progress.total) * 100}
            animated
            color="var(--a-run-mark)"
            aria-label={step?.title ?? 'Queued'}
            mt={6}
          />
        </div>
      )}
    </section>
  )
}

/** What a failed training has said went wrong. */
function Faults({ runId }: { runId: string }) {
  const { lines } = useRunLogs(runId, false)
  const faults = faultLines(lines)
  if (faults.length === 0) return null
  return (
    <Panel title="What went wrong" testId="faults">
      <ul className={classes.faults}>
        {faults.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </Panel>
  )
}

/** How the algorithms learn, each in its branch, while they do and afterwards. */
function LearningPanel({ run }: { run: RunDetail }) {
  const { series, error } = useRunMeasurements(run.id, isActive(run.state))
  const step = run.steps.find(({ name }) => name === TRAINING_STEP)
  const trained = useMemo(() => {
    const names = [TRAINING_STEP, ...(step?.branches.map(({ name }) => name) ?? [])]
    // The final fit has a curve of its own, which is not one of the folds.
    return series.filter((one) => names.includes(one.step) && (one.over === 'fold' || one.fold !== undefined))
  }, [series, step])
  if (step === undefined || (step.state === 'pending' && !isActive(run.state))) return null
  return (
    <Panel title="How they learn" aside="each on the same folds" testId="learning">
      {error !== null && <Failure error={error} />}
      {step.state === 'pending' ? (
        <p className="muted">Scores and curves show here as soon as the training has begun.</p>
      ) : (
        <LearningCards series={trained} branches={step.branches} />
      )}
    </Panel>
  )
}

const TRAINING_STEP = 'full_train'

const mostFaults = 8

/** What the log calls an error, the last of it. */
const faultLines = (lines: LogLine[]) =>
  [...new Set(lines.filter(({ level }) => level === 'error').map(({ text }) => text))].slice(-mostFaults)

/** Gates and traps that stop the model, or warn, with what to do about each. */
function Findings({ run }: { run: RunDetail }) {
  const { gates } = trainingVerdict(run)
  if (gates.length === 0) return null
  return (
    <Panel title="What stops it, and what to look at" isFlush testId="findings">
      <GateTable gates={gates} />
    </Panel>
  )
}

function Evidence({ model, version }: { model: string; version: string }) {
  const query = useQuery(versionQuery(model, version))
  return (
    <Answer query={query} lines={8}>
      {(detail) => (
        <>
          <LeaderboardPanel leaderboard={detail.leaderboard ?? []} />
          <EvaluationPanel detail={detail} />
          <p>
            <Link className="link" href={`/models/${model}/${version}`}>
              Everything about {model} {version}
            </Link>
          </p>
        </>
      )}
    </Answer>
  )
}

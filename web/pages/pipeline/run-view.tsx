import { useQuery } from '@tanstack/react-query'
import { waitingApprovalsQuery } from '../../api/pipeline.ts'
import type { RunDetail } from '../../api/types.ts'
import { formatName } from '../../components/format.ts'
import { WaitingIcon } from '../../components/icons.tsx'
import { lookOf, StateMark } from '../../components/state.tsx'
import { Dag } from './dag.tsx'
import { findView, stepOfInterest } from './focus-step.ts'
import { Inspector } from './inspector.tsx'
import classes from './pipeline.module.css'
import { RunActions } from './run-actions.tsx'
import { RunHead } from './run-head.tsx'

type Props = {
  run: RunDetail
  step: string | null
  tab: string | null
  onStep: (name: string) => void
  onTab: (name: string) => void
}

/** One run: what it is, its steps, one of them in detail. Without a chosen step the one that matters is followed. */
export function RunView({ run, step, tab, onStep, onTab }: Props) {
  const chosen = findView(run.steps, step)?.name ?? stepOfInterest(run.steps)
  return (
    <>
      <div className={classes.head}>
        <RunHead run={run} />
        <RunActions run={run} />
      </div>
      <Banner run={run} />
      <Dag steps={run.steps} selected={chosen} onSelect={onStep} />
      {chosen !== null && <Inspector run={run} step={chosen} tab={tab} onTab={onTab} onStep={onStep} />}
      <p className="visually-hidden" role="status" aria-live="polite">
        Run {lookOf('state', run.state).word.toLowerCase()}
        {run.waitingFor !== null && `, waits for ${run.waitingFor}`}
      </p>
    </>
  )
}

function Banner({ run }: { run: RunDetail }) {
  const isWaiting = run.approvalId !== null && run.state === 'waiting'
  const { data } = useQuery({ ...waitingApprovalsQuery, enabled: isWaiting })
  if (run.failure !== null) {
    const { step, message, code } = run.failure
    return (
      <div className={classes.banner} data-tone="bad" role="alert">
        <StateMark kind="state" value="failed" isIconOnly />
        <span className={classes.bannerText}>
          <b>{findView(run.steps, step)?.title ?? formatName(step)}</b>: {message} <code className="muted">{code}</code>
        </span>
      </div>
    )
  }
  if (!isWaiting) return null
  const approval = data?.items.find(({ id }) => id === run.approvalId)
  return (
    <div className={classes.banner} data-testid="approval-banner">
      <WaitingIcon size={14} />
      <span className={classes.bannerText}>
        {run.model} {run.modelVersion ?? ''} waits for a reviewer
        {approval !== undefined &&
          `: ${approval.votes.filter((vote) => vote.decision === 'approve').length} of ${approval.required} approvals, policy ${approval.policy}`}
        . Approve or reject it above.
      </span>
    </div>
  )
}

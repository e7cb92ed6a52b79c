import { useState } from 'react'
import { usePipelineActions, type Control } from '../../api/pipeline.ts'
import type { RunDetail } from '../../api/types.ts'
import { tellFailure } from '../../components/notify.ts'
import { GuardedButton } from '../../components/permission.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import classes from './pipeline.module.css'
import { blockingGates, WaiveDialog } from './waive-dialog.tsx'

/** What can be done with a run in its present state; what cannot is not offered. */
export function RunActions({ run }: { run: RunDetail }) {
  const { control } = usePipelineActions()
  const [decision, setDecision] = useState<'approve' | 'reject' | null>(null)
  const [isWaiving, setIsWaiving] = useState(false)
  const isWaiting = run.state === 'waiting' && run.approvalId !== null
  const act = (action: Control['action']) => control.mutate({ runId: run.id, action }, { onError: tellFailure })
  const isBusy = (action: Control['action']) => control.isPending && control.variables?.action === action

  return (
    <div className={classes.actions}>
      {run.canCancel && (
        <GuardedButton permission="pipeline.run" loading={isBusy('cancel')} onClick={() => act('cancel')}>
          Cancel run
        </GuardedButton>
      )}
      {run.canRetry && (
        <GuardedButton
          permission="pipeline.run"
          variant="filled"
          title={run.failure === null ? undefined : `Goes on at ${run.failure.step}; finished steps are kept`}
          loading={isBusy('retry')}
          onClick={() => act('retry')}
        >
          Retry
        </GuardedButton>
      )}
      {run.canContinue && (
        <GuardedButton
          permission="pipeline.run"
          variant="filled"
          loading={isBusy('continue')}
          onClick={() => act('continue')}
        >
          Continue
        </GuardedButton>
      )}
      {isWaiting && (
        <>
          <GuardedButton permission="approve" variant="danger" onClick={() => setDecision('reject')}>
            Reject
          </GuardedButton>
          <GuardedButton permission="approve" variant="filled" onClick={() => setDecision('approve')}>
            Approve
          </GuardedButton>
        </>
      )}
      {blockingGates(run).length > 0 && (
        <GuardedButton permission="approve" variant="danger" onClick={() => setIsWaiving(true)}>
          Waive…
        </GuardedButton>
      )}
      <WaiveDialog run={run} isOpen={isWaiving} onClose={() => setIsWaiving(false)} />
      <DecideDialog run={run} decision={decision} onClose={() => setDecision(null)} />
    </div>
  )
}

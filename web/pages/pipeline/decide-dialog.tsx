import { Button, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { comparisonQuery, modelQuery } from '../../api/models.ts'
import { usePipelineActions, waitingApprovalsQuery } from '../../api/pipeline.ts'
import { meQuery } from '../../api/system.ts'
import type { Approval, RunDetail } from '../../api/types.ts'
import { AddReviewerDialog } from '../../components/add-reviewer.tsx'
import { ComparisonTable } from '../../components/comparison-table.tsx'
import { GateCounts, GateTable } from '../../components/gate-table.tsx'
import { tell } from '../../components/notify.ts'
import { ReasonDialog } from '../../components/reason-dialog.tsx'
import { Ago } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'
import classes from './decide-dialog.module.css'
import { standingOf } from './policy-words.ts'

type Props = { run: RunDetail; decision: 'approve' | 'reject' | null; onClose: () => void }

/** Everything a reviewer needs before putting their name to a version, and the reason they give. */
export function DecideDialog({ run, decision, onClose }: Props) {
  const { data: me } = useQuery(meQuery)
  const { data: waiting } = useQuery({ ...waitingApprovalsQuery, enabled: decision !== null })
  const [isAdding, setIsAdding] = useState(false)
  const { decide } = usePipelineActions()
  const approval = waiting?.items.find(({ id }) => id === run.approvalId)
  const standing = approval === undefined || me === undefined ? undefined : standingOf(approval, me)
  if (isAdding) return <AddReviewerDialog isOpen onClose={() => setIsAdding(false)} />
  if (decision === null) return <Modal opened={false} onClose={onClose} />

  const verb = decision === 'approve' ? 'Approve' : 'Reject'
  const confirm = async (reason: string) => {
    await decide.mutateAsync({ runId: run.id, decision, reason })
    tell(`${run.model} ${run.modelVersion ?? ''} ${decision === 'approve' ? 'approved' : 'rejected'}`)
  }
  return (
    <ReasonDialog
      isOpen
      onClose={onClose}
      title={`${verb} ${run.model} ${run.modelVersion ?? ''}`}
      action={verb}
      isDanger={decision === 'reject'}
      refusal={decision === 'approve' ? standing?.refusal : undefined}
      placeholder={decision === 'approve' ? 'Why this version may decide claims' : 'What has to change'}
      size={840}
      onConfirm={confirm}
    >
      {approval !== undefined && <Evidence approval={approval} />}
      {approval?.policy === 'solo' && standing?.isOwnWork && decision === 'approve' && (
        <div className={classes.notice} data-testid="self-approval">
          <span className={classes.noticeText}>
            <b>This approves your own work.</b> Policy solo allows that while there is one reviewer; it is recorded as
            self-approved.
          </span>
          <Button onClick={() => setIsAdding(true)}>Add a reviewer</Button>
        </div>
      )}
      {standing?.refusal !== undefined && decision === 'approve' && (
        <div className={classes.notice}>
          <span className={classes.noticeText}>{standing.refusal}</span>
          <Button onClick={() => setIsAdding(true)}>Add a reviewer</Button>
        </div>
      )}
    </ReasonDialog>
  )
}

function Evidence({ approval }: { approval: Approval }) {
  const { data: model } = useQuery(modelQuery(approval.model))
  const champion = model?.champion ?? null
  return (
    <div className={classes.evidence} tabIndex={0} role="region" aria-label="Evidence">
      <p className="muted">
        Asked by <Who id={approval.requestedBy} /> <Ago at={approval.requestedAt} />; expires{' '}
        <Ago at={approval.expiresAt} />. {approval.votes.length} of {approval.required} votes given. Policy{' '}
        {approval.policy}.
      </p>
      <section>
        <h3 className={classes.heading}>
          Gates <GateCounts gates={approval.gates} />
        </h3>
        <GateTable gates={approval.gates} />
      </section>
      <section>
        <h3 className={classes.heading}>Challenger against champion</h3>
        {champion === null ? (
          <p className="muted">Nothing is in production: this would be the first champion.</p>
        ) : (
          <Against model={approval.model} champion={champion} challenger={approval.version} />
        )}
      </section>
    </div>
  )
}

function Against({ model, champion, challenger }: { model: string; champion: string; challenger: string }) {
  const { data, error } = useQuery(comparisonQuery(model, champion, challenger))
  if (error !== null) return <p className="muted">The two could not be compared: {error.message}</p>
  if (data === undefined) return <p className="muted">Comparing…</p>
  return <ComparisonTable comparison={data} roles={['champion', 'challenger']} />
}

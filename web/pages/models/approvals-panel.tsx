import type { Approval } from '../../api/types.ts'
import { FailedIcon, SucceededIcon } from '../../components/icons.tsx'
import { Panel } from '../../components/panel.tsx'
import { Ago } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'
import classes from './models.module.css'

/** Who was asked, who voted how, and why. */
export function ApprovalsPanel({ approvals }: { approvals: Approval[] }) {
  return (
    <Panel title="Approvals" testId="approvals">
      {approvals.length === 0 ? (
        <span className="muted">None has been asked for.</span>
      ) : (
        <ul className={classes.approvals}>
          {approvals.map((approval) => (
            <li key={approval.id}>
              <div>
                <b>{approval.status}</b>, policy {approval.policy}, {approval.required}{' '}
                {approval.required === 1 ? 'vote' : 'votes'} required; asked by <Who id={approval.requestedBy} />{' '}
                <Ago at={approval.requestedAt} />
              </div>
              {approval.votes.map((vote) => (
                <div key={vote.at} className={classes.vote} data-decision={vote.decision}>
                  {vote.decision === 'approve' ? <SucceededIcon size={14} /> : <FailedIcon size={14} />}
                  <span>
                    <Who id={vote.actor} /> {vote.decision === 'approve' ? 'approved' : 'rejected'}
                    {vote.selfApproved && ' (own work)'}
                    {vote.standing && ' (standing approval)'}
                    <span className="muted">
                      {' '}
                      <Ago at={vote.at} />: “{vote.reason}”
                    </span>
                  </span>
                </div>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

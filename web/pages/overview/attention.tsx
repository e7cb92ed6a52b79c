import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { waitingApprovalsQuery } from '../../api/pipeline.ts'
import type { Approval, Overview } from '../../api/types.ts'
import { ArrowIcon, PendingIcon, SucceededIcon, WaitingIcon } from '../../components/icons.tsx'
import { StateMark } from '../../components/state.tsx'
import { Ago } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'
import classes from './overview.module.css'
import { checks, headline, isAllWell } from './verdict.ts'

/** Links of the server may be full paths; the router wants them without the base. */
const inApp = (link: string) => link.replace(/^\/app(?=\/|$)/, '') || '/'

/** What a person has to see to, gravest first; or what was looked at and found well. */
export function Attention({ overview }: { overview: Overview }) {
  const { data } = useQuery({ ...waitingApprovalsQuery, enabled: overview.waitingApprovals > 0 })
  if (isAllWell(overview)) return <AllWell overview={overview} />
  return (
    <ul className={classes.attention} data-testid="attention" aria-label="Needs attention">
      {data?.items.map((approval) => (
        <WaitingApproval key={approval.id} approval={approval} />
      ))}
      {overview.attention.map(({ severity, text, link }) => (
        <li
          key={text}
          className={classes.item}
          data-tone={severity === 'critical' || severity === 'high' ? 'bad' : 'warn'}
        >
          <StateMark kind="severity" value={severity} />
          <span className={classes.itemText}>{text}</span>
          <Link href={inApp(link)} className={classes.go}>
            Look <ArrowIcon size={12} />
          </Link>
        </li>
      ))}
    </ul>
  )
}

function WaitingApproval({ approval }: { approval: Approval }) {
  const { model, version, pipelineRunId, requestedBy, requestedAt } = approval
  const href = pipelineRunId === null ? `/models/${model}/${version}` : `/pipeline/${pipelineRunId}?step=approval`
  return (
    <li className={classes.item} data-tone="warn" data-testid="waiting-approval">
      <span className={classes.itemMark}>
        <WaitingIcon size={14} /> Approval
      </span>
      <span className={classes.itemText}>
        {model} {version} waits for a decision, asked by <Who id={requestedBy} /> <Ago at={requestedAt} />
      </span>
      <Link href={href} className={classes.go}>
        Review <ArrowIcon size={12} />
      </Link>
    </li>
  )
}

const AllWell = ({ overview }: { overview: Overview }) => (
  <div className={classes.well} data-testid="all-well" data-empty={overview.champion === null || undefined}>
    {overview.champion === null ? <PendingIcon size={18} /> : <SucceededIcon size={18} />}
    <span className={classes.wellWord}>{headline(overview)}</span>
    <ul className={classes.checks} aria-label="What was checked">
      {checks(overview).map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  </div>
)

import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { versionQuery } from '../../api/models.ts'
import type { ModelVersion, VersionDetail } from '../../api/types.ts'
import { tenures } from '../../charts/tenures.ts'
import { Empty } from '../../components/answers.tsx'
import { Facts, type Fact } from '../../components/facts.tsx'
import { formatBytes, formatName, shortId } from '../../components/format.ts'
import { IntervalValue } from '../../components/interval-value.tsx'
import { findMetric } from '../../components/metrics.ts'
import { Panel } from '../../components/panel.tsx'
import { Ago } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'

/** The version in production: how good, since when, on whose word. */
export function ChampionPanel({ champion }: { champion: ModelVersion | null }) {
  if (champion === null) {
    return (
      <Panel title="Champion" testId="champion">
        <Empty title="No version is in production">
          Start the pipeline; once its gates pass and a reviewer approves, the version it trains goes into production.
        </Empty>
      </Panel>
    )
  }
  return <Champion champion={champion} />
}

function Champion({ champion }: { champion: ModelVersion }) {
  const { data } = useQuery(versionQuery(champion.model, champion.version))
  const auc = findMetric(champion.metrics, 'auc')
  const f1 = findMetric(champion.metrics, 'f1')
  const facts: Fact[] = [
    ['AUC', auc === undefined ? 'not measured' : <IntervalValue interval={auc} />],
    ['F1', f1 === undefined ? 'not measured' : <IntervalValue interval={f1} />],
    ['In production', <Since key="since" detail={data} />],
    ['Approved by', <Approvers key="approved" detail={data} />],
    ['Algorithm', `${formatName(champion.algorithm)}, ${formatBytes(champion.sizeBytes)}`],
    [
      'Dataset',
      <code key="dataset" title={champion.datasetVersion}>
        {shortId(champion.datasetVersion, 12)}
      </code>,
    ],
  ]
  const title = (
    <>
      Champion{' '}
      <Link className="link" href={`/models/${champion.model}/${champion.version}`}>
        {champion.model} {champion.version}
      </Link>
    </>
  )
  return (
    <Panel title={title} testId="champion">
      <Facts facts={facts} columns={2} />
    </Panel>
  )
}

function Since({ detail }: { detail: VersionDetail | undefined }) {
  const change = tenures(detail?.history ?? []).at(-1)?.change
  if (change === undefined) return <>–</>
  return (
    <>
      <Ago at={change.at} />, put there by <Who id={change.actor} />
    </>
  )
}

function Approvers({ detail }: { detail: VersionDetail | undefined }) {
  const votes =
    detail?.approvals.flatMap((approval) => approval.votes).filter((vote) => vote.decision === 'approve') ?? []
  if (votes.length === 0) return <>{detail === undefined ? '–' : 'nobody'}</>
  return votes.map((vote, i) => (
    <span key={vote.at}>
      {i > 0 && ', '}
      <Who id={vote.actor} />
      {vote.selfApproved ? ' (own work)' : vote.standing ? ' (standing)' : ''}
    </span>
  ))
}

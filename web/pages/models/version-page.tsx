import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { modelQuery, versionQuery } from '../../api/models.ts'
import type { VersionDetail } from '../../api/types.ts'
import { Answer } from '../../components/answers.tsx'
import { Copy } from '../../components/copy.tsx'
import { Facts, type Fact } from '../../components/facts.tsx'
import { formatBytes, formatName, formatScore, shortId } from '../../components/format.ts'
import { GateCounts, GateTable } from '../../components/gate-table.tsx'
import { Page } from '../../components/page.tsx'
import { Panel } from '../../components/panel.tsx'
import { StateMark } from '../../components/state.tsx'
import { Ago } from '../../components/time.tsx'
import { Who } from '../../components/who.tsx'
import { explainPath } from '../explain/explain-path.ts'
import { ApprovalsPanel } from './approvals-panel.tsx'
import { FairnessPanel } from './fairness-panel.tsx'
import { EvaluationPanel } from './evaluation/evaluation-panel.tsx'
import { ChangesPanel } from './history-panel.tsx'
import { ImportancePanel } from './importance-panel.tsx'
import { LeaderboardPanel } from './leaderboard-panel.tsx'
import { MetricsPanel } from './metrics-panel.tsx'
import classes from './models.module.css'
import { SignaturePanel } from './signature-panel.tsx'

/** Everything known of one version: how good, how fair, on what, by whom, with whose approval. */
export function VersionPage({ name, version }: { name: string; version: string }) {
  const query = useQuery(versionQuery(name, version))
  const model = useQuery(modelQuery(name))
  const [, navigate] = useLocation()
  const champion = model.data?.champion
  return (
    <Page
      title={`${name} ${version}`}
      heading={
        <>
          <Link href={`/models/${name}`} className={classes.up}>
            {name}
          </Link>{' '}
          <span className="muted">/</span> {version}
        </>
      }
      note={
        query.data && (
          <>
            <StateMark kind="stage" value={query.data.stage} />
            {query.data.isChampion && <b>champion</b>}
          </>
        )
      }
      actions={
        <>
          <Button component={Link} href={explainPath({ model: name, version })}>
            Explain
          </Button>
          {champion != null && champion !== version && (
            <Button onClick={() => navigate(`/models/${name}/compare/${champion}/${version}`)}>
              Compare with champion {champion}
            </Button>
          )}
        </>
      }
    >
      <Answer query={query} lines={10}>
        {(detail) => (
          <div className={classes.grid}>
            <div className={classes.column}>
              <MetricsPanel detail={detail} />
              <EvaluationPanel detail={detail} />
              <LeaderboardPanel leaderboard={detail.leaderboard ?? []} />
              <Panel title="Gates" aside={<GateCounts gates={detail.gates} />} isFlush testId="gates">
                {detail.gates.length === 0 ? (
                  <p className={`muted ${classes.none}`}>No gate has judged this version.</p>
                ) : (
                  <GateTable gates={detail.gates} />
                )}
              </Panel>
              <FairnessPanel reports={detail.fairness} />
              <ChangesPanel history={detail.history} />
            </div>
            <div className={classes.column}>
              <Panel title="Version">
                <Facts facts={factsOf(detail)} />
              </Panel>
              <ApprovalsPanel approvals={detail.approvals} />
              <ImportancePanel importance={detail.importance} />
              <SignaturePanel signature={detail.signature} />
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

const factsOf = (detail: VersionDetail): Fact[] => [
  ['Algorithm', formatName(detail.algorithm)],
  ['Size', formatBytes(detail.sizeBytes)],
  ['Threshold', `${formatScore(detail.threshold)}: scores from here on are referred`],
  [
    'Artifact',
    <span key="artifact" className={classes.digest}>
      <code title={detail.artifact}>sha256 {shortId(detail.artifact, 16)}…</code>
      <Copy value={detail.artifact} what="artifact digest" />
    </span>,
  ],
  [
    'Dataset',
    <span key="dataset" className={classes.digest}>
      <code title={detail.datasetVersion}>{shortId(detail.datasetVersion, 16)}</code>
      <Copy value={detail.datasetVersion} what="dataset version" />
    </span>,
  ],
  [
    'Created',
    <span key="created">
      <Ago at={detail.createdAt} /> by <Who id={detail.createdBy} />
    </span>,
  ],
  [
    'Pipeline run',
    detail.pipelineRunId === null ? (
      'none'
    ) : (
      <Link key="run" className="link" href={`/pipeline/${detail.pipelineRunId}`}>
        <code>{shortId(detail.pipelineRunId, 18)}</code>
      </Link>
    ),
  ],
  ['Tracking run', detail.runId === null ? 'none' : <code key="tracking">{shortId(detail.runId, 16)}</code>],
]

import { Link } from 'wouter'
import type { Overview, RunSummary } from '../../api/types.ts'
import { runTitle } from '../../components/commit-words.tsx'
import { Facts } from '../../components/facts.tsx'
import { formatBytes, formatDuration, formatName, formatShare } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'
import { StateMark } from '../../components/state.tsx'
import { Ago } from '../../components/time.tsx'
import classes from './overview.module.css'

/** What the process uses of its machine. */
export const ResourcesPanel = ({ resources }: { resources: Overview['resources'] }) => (
  <Panel title="Resources" aside={`up ${formatDuration(resources.uptimeSeconds * 1_000)}`} testId="resources">
    <Facts
      columns={2}
      facts={[
        ['Memory', formatBytes(resources.rssBytes)],
        ['CPU', formatShare(resources.cpuShare, 0)],
        ['Event loop', `p99 ${formatDuration(resources.eventLoopDelayP99Ms)}`],
        ['Disk free', formatBytes(resources.diskFreeBytes)],
        ['Database', formatBytes(resources.databaseBytes)],
      ]}
    />
  </Panel>
)

/** The last runs that failed, each with where and why. */
export function FailuresPanel({ runs }: { runs: RunSummary[] }) {
  return (
    <Panel title="Last failures" testId="failures" isFlush={runs.length > 0}>
      {runs.length === 0 ? (
        <span className="muted">No run has failed.</span>
      ) : (
        <ul className={classes.failures}>
          {runs.map((run) => (
            <li key={run.id}>
              <StateMark kind="state" value="failed" isIconOnly />
              <div className={classes.failureWords}>
                <Link className="link" href={`/pipeline/${run.id}?step=${run.failure?.step ?? ''}`}>
                  {runTitle(run)}
                </Link>
                <div className="muted">
                  {run.failure === null
                    ? 'no reason recorded'
                    : `${formatName(run.failure.step)}: ${run.failure.message}`}
                </div>
              </div>
              <span className="muted nowrap">
                <Ago at={run.finishedAt ?? run.createdAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

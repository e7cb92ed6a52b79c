import type { Overview } from '../../api/types.ts'
import { formatBytes, formatCount, formatDuration, formatScore } from '../../components/format.ts'

/** Whether a person has to do something. */
export const isAllWell = (overview: Overview) => overview.attention.length === 0 && overview.waitingApprovals === 0

/** One line on the state of everything. */
export function headline(overview: Overview): string {
  const n = overview.attention.length
  if (n > 0) return `${n} ${n === 1 ? 'thing needs' : 'things need'} attention`
  if (overview.waitingApprovals > 0) return 'Waiting for a decision'
  return overview.champion === null ? 'Nothing in production yet' : 'All well'
}

const failures = (n: number) => (n === 0 ? 'no failed run today' : `${n} failed ${n === 1 ? 'run' : 'runs'} today`)

/** What was looked at before saying that all is well, each with the figure seen. */
export function checks(overview: Overview): string[] {
  const { champion, serving, runs, drift, resources } = overview
  const seen = [
    champion === null ? null : `${champion.model} ${champion.version} answers`,
    `${formatCount(serving.nErrors)} serving errors`,
    serving.p99Ms === null ? null : `p99 ${formatDuration(serving.p99Ms)}`,
    failures(runs.failedToday),
    drift === null || drift.driftScore === null ? null : `drift score ${formatScore(drift.driftScore)}`,
    `${formatBytes(resources.diskFreeBytes)} of disk free`,
    `event loop p99 ${formatDuration(resources.eventLoopDelayP99Ms)}`,
  ]
  return seen.filter((text) => text !== null)
}

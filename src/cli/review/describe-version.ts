import type { GateResult, VersionDetail } from '../../registry/index.ts'
import { formatTable } from '../output.ts'

/** Gates that are shown: a reviewer reads what is in the way first, then what only warns. */
const ORDER: GateResult['verdict'][] = ['blocked', 'waived', 'warned', 'unknown', 'not-declared', 'not-configured']

/** What a reviewer has to know of a version, in words and tables. */
export function describeVersion(detail: VersionDetail): string {
  return [head(detail), metrics(detail), leaderboard(detail), gates(detail), approvals(detail)].join('\n\n')
}

function head(detail: VersionDetail): string {
  const { decision, threshold } = detail
  const rule = decision ? `, ${decision.rule}` : ''
  return formatTable([
    [`${detail.model} ${detail.version}`, detail.isChampion ? `${detail.stage}, champion` : detail.stage],
    ['algorithm', detail.algorithm],
    ['threshold', `${threshold.toFixed(4)}${rule}: scores from here on are referred`],
    ['dataset', detail.datasetVersion],
    ['file', `${detail.artifact}, ${detail.sizeBytes} bytes`],
    ['made', `${detail.createdAt.slice(0, 16).replace('T', ' ')} UTC by ${detail.createdBy}`],
  ])
}

function metrics({ metrics, cv }: VersionDetail): string {
  const rows = Object.entries(metrics).map(([name, { estimate, lower, upper }]) => [
    name,
    figure(estimate),
    `${figure(lower)} to ${figure(upper)}`,
    cv[name] ? `${figure(cv[name].mean)} (sd ${figure(cv[name].standardDeviation)})` : '',
  ])
  return formatTable([['metric', 'hold-out', '95 % interval', 'over the folds'], ...rows])
}

function leaderboard({ leaderboard = [] }: VersionDetail): string {
  const rows = leaderboard.map(({ algorithm, cv }) => [
    algorithm,
    ...['rocAuc', 'prAuc', 'logLoss'].map((name) => figure(cv[name]?.mean)),
  ])
  return formatTable([['algorithms on the same folds', 'ROC-AUC', 'PR-AUC', 'log-loss'], ...rows])
}

function gates({ gates }: VersionDetail): string {
  const nPassed = gates.filter((gate) => gate.verdict === 'passed').length
  const others = gates
    .filter((gate) => gate.verdict !== 'passed')
    .toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
  return [
    `Gates: ${nPassed} of ${gates.length} passed`,
    ...others.flatMap(({ verdict, reason, advice, gate }) => [
      `  ${verdict.padEnd(15)}${reason}`,
      ...(verdict === 'blocked' ? [`  ${''.padEnd(15)}${advice} (${gate})`] : []),
    ]),
  ].join('\n')
}

function approvals({ approvals }: VersionDetail): string {
  if (approvals.length === 0) return 'Nobody has been asked to approve it.'
  return approvals
    .map(({ id, status, policy, votes }) =>
      [
        `Approval ${id}: ${status} (${policy})`,
        ...votes.map(
          ({ actor, decision, reason, selfApproved }) =>
            `  ${actor}${selfApproved ? ' (own work)' : ''}: ${decision}, ${reason}`,
        ),
      ].join('\n'),
    )
    .join('\n')
}

const figure = (value: number | null | undefined) => (value === null || value === undefined ? '-' : value.toFixed(4))

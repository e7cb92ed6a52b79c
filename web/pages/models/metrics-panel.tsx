import { Table } from '@mantine/core'
import type { VersionDetail } from '../../api/types.ts'
import { formatScore } from '../../components/format.ts'
import { IntervalMark } from '../../charts/interval-mark.tsx'
import { isLoss, metricTitle, sortedMetricNames } from '../../components/metrics.ts'
import { Panel } from '../../components/panel.tsx'

/** Hold-out metrics with their intervals, and the spread over cross-validation folds beside those that have one. */
export function MetricsPanel({ detail }: { detail: VersionDetail }) {
  const names = sortedMetricNames(Object.keys(detail.metrics))
  return (
    <Panel title="Metrics on the hold-out" aside="95 % intervals" isFlush testId="metrics">
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Metric</Table.Th>
              <Table.Th className="number">Value</Table.Th>
              <Table.Th className="number">From</Table.Th>
              <Table.Th className="number">To</Table.Th>
              <Table.Th>0 to 1</Table.Th>
              <Table.Th className="number" title="Mean ± standard deviation over folds">
                Cross-validation
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {names.map((name) => {
              const interval = detail.metrics[name]
              const folds = detail.cv[name]
              return (
                <Table.Tr key={name}>
                  <Table.Td>
                    {metricTitle(name)}
                    {isLoss(name) && <span className="muted"> less is better</span>}
                  </Table.Td>
                  <Table.Td className="number">
                    <b>{formatScore(interval.estimate)}</b>
                  </Table.Td>
                  <Table.Td className="number">{formatScore(interval.lower)}</Table.Td>
                  <Table.Td className="number">{formatScore(interval.upper)}</Table.Td>
                  <Table.Td>
                    <IntervalMark interval={interval} domain={[0, 1]} width={130} />
                  </Table.Td>
                  <Table.Td className="number">
                    {folds === undefined ? '–' : `${formatScore(folds.mean)} ± ${formatScore(folds.standardDeviation)}`}
                  </Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  )
}

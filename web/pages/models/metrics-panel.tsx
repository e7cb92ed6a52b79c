import { Table } from '@mantine/core'
import type { Interval, VersionDetail } from '../../api/types.ts'
import { formatScore } from '../../components/format.ts'
import { domainOf, IntervalMark, type Domain } from '../../charts/interval-mark.tsx'
import { isLoss, metricTitle, sortedMetricNames } from '../../components/metrics.ts'
import { Panel } from '../../components/panel.tsx'
import classes from './models.module.css'

/** Hold-out metrics with their intervals, and the spread over cross-validation folds beside those that have one. */
export function MetricsPanel({ detail }: { detail: VersionDetail }) {
  const names = sortedMetricNames(Object.keys(detail.metrics))
  const [losses, scores] = [true, false].map((wanted) =>
    tenths(names.filter((name) => isLoss(name) === wanted).map((name) => detail.metrics[name])),
  )
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
              <Table.Th>Interval</Table.Th>
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
                    <Mark interval={interval} domain={isLoss(name) ? losses : scores} />
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

/** A scale for several intervals that ends at whole tenths. */
function tenths(intervals: Interval[]): Domain {
  const [from, to] = domainOf(intervals)
  return [Math.floor(from * 10) / 10, Math.ceil(to * 10) / 10]
}

const Mark = ({ interval, domain }: { interval: Interval; domain: Domain }) => (
  <span className={classes.mark}>
    {domain[0].toFixed(1)}
    <IntervalMark interval={interval} domain={domain} width={130} />
    {domain[1].toFixed(1)}
  </span>
)

import { Table } from '@mantine/core'
import type { Comparison } from '../api/types.ts'
import { readingOf } from './comparison.ts'
import { domainOf } from '../charts/interval-mark.tsx'
import { formatDifference } from './format.ts'
import { IntervalValue } from './interval-value.tsx'
import { metricTitle, sortedMetricNames } from './metrics.ts'
import { StateMark } from './state.tsx'

type Props = { comparison: Comparison; roles: [string, string] }

/** Two versions metric by metric: both intervals on one scale, and the difference of the second from the first. */
export function ComparisonTable({ comparison: { a, b, metrics }, roles }: Props) {
  const byName = new Map(metrics.map((metric) => [metric.name, metric]))
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table aria-label={`${a.version} against ${b.version}`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Metric</Table.Th>
            <Table.Th className="number">
              {a.version} {roles[0]}
            </Table.Th>
            <Table.Th className="number">
              {b.version} {roles[1]}
            </Table.Th>
            <Table.Th className="number">Difference</Table.Th>
            <Table.Th>Reads as</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sortedMetricNames([...byName.keys()]).map((name) => {
            const metric = byName.get(name)!
            const domain = domainOf([metric.a, metric.b].filter((interval) => interval !== null))
            return (
              <Table.Tr key={name}>
                <Table.Td>{metricTitle(name)}</Table.Td>
                <Table.Td className="number">
                  <IntervalValue interval={metric.a} domain={domain} />
                </Table.Td>
                <Table.Td className="number">
                  <IntervalValue interval={metric.b} domain={domain} />
                </Table.Td>
                <Table.Td className="number">{formatDifference(metric.difference)}</Table.Td>
                <Table.Td>
                  <Reading reading={readingOf(name, metric)} />
                </Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Reading({ reading }: { reading: ReturnType<typeof readingOf> }) {
  if (reading === 'better') return <Words value="passed" word="Better" />
  if (reading === 'worse') return <Words value="blocked" word="Worse" />
  return <span className="muted">{reading}</span>
}

const Words = ({ value, word }: { value: 'passed' | 'blocked'; word: string }) => (
  <span style={{ display: 'inline-flex', gap: 5 }}>
    <StateMark kind="verdict" value={value} isIconOnly /> {word}
  </span>
)

import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { comparisonQuery } from '../../api/models.ts'
import type { ModelVersion } from '../../api/types.ts'
import { Answer } from '../../components/answers.tsx'
import { ComparisonTable } from '../../components/comparison-table.tsx'
import { formatBytes, formatName, formatScore, formatTime, shortId } from '../../components/format.ts'
import { Page } from '../../components/page.tsx'
import { Panel } from '../../components/panel.tsx'
import { lookOf } from '../../components/state.tsx'
import { Who } from '../../components/who.tsx'
import classes from './models.module.css'

/** Two versions of a model side by side. */
export function ComparePage({ name, a, b }: { name: string; a: string; b: string }) {
  const query = useQuery(comparisonQuery(name, a, b))
  return (
    <Page
      title={`${name}: ${a} against ${b}`}
      heading={
        <>
          <Link href={`/models/${name}`} className={classes.up}>
            {name}
          </Link>{' '}
          <span className="muted">/</span> {a} against {b}
        </>
      }
      note={`Differences are ${b} minus ${a}`}
    >
      <Answer query={query}>
        {(comparison) => (
          <>
            <Panel title="Metrics" isFlush testId="comparison">
              <ComparisonTable comparison={comparison} roles={[roleOf(comparison.a), roleOf(comparison.b)]} />
            </Panel>
            <Panel title="Versions" isFlush>
              <Table.ScrollContainer minWidth={480}>
                <Table>
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th w={160} />
                      {[a, b].map((version) => (
                        <Table.Th key={version}>
                          <Link className="link" href={`/models/${name}/${version}`}>
                            {version}
                          </Link>
                        </Table.Th>
                      ))}
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map(([title, show]) => (
                      <Table.Tr key={title}>
                        <Table.Td className="muted">{title}</Table.Td>
                        <Table.Td>{show(comparison.a)}</Table.Td>
                        <Table.Td>{show(comparison.b)}</Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            </Panel>
          </>
        )}
      </Answer>
    </Page>
  )
}

const roleOf = (version: ModelVersion) =>
  version.isChampion ? 'champion' : lookOf('stage', version.stage).word.toLowerCase()

const rows: [title: string, show: (version: ModelVersion) => React.ReactNode][] = [
  ['Algorithm', (version) => formatName(version.algorithm)],
  ['Size', (version) => formatBytes(version.sizeBytes)],
  ['Threshold', (version) => formatScore(version.threshold)],
  ['Columns', (version) => version.signature.columns.length],
  ['Dataset', (version) => <code title={version.datasetVersion}>{shortId(version.datasetVersion, 16)}</code>],
  ['Artifact', (version) => <code title={version.artifact}>{shortId(version.artifact, 16)}</code>],
  ['Created', (version) => formatTime(version.createdAt)],
  ['By', (version) => <Who id={version.createdBy} />],
]

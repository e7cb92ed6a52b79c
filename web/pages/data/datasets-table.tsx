import { Table } from '@mantine/core'
import { Link } from 'wouter'
import type { DatasetVersion } from '../../api/data-types.ts'
import { Empty } from '../../components/answers.tsx'
import { formatCount, formatShare, shortId } from '../../components/format.ts'
import { Ago } from '../../components/time.tsx'

/** The newest version of each dataset, given all versions, the newest first. */
export function newestOfEach(versions: DatasetVersion[]): { newest: DatasetVersion; nVersions: number }[] {
  const byName = Map.groupBy(versions, ({ name }) => name)
  return [...byName.values()].map((of) => ({ newest: of[0], nVersions: of.length }))
}

/** A row for each dataset, with what matters of its newest version. */
export function DatasetsTable({ versions }: { versions: DatasetVersion[] }) {
  if (versions.length === 0) {
    return <Empty title="No data yet">Drop a file above: the sample data and every import will be listed here.</Empty>
  }
  return (
    <Table.ScrollContainer minWidth={640}>
      <Table highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Dataset</Table.Th>
            <Table.Th>Newest version</Table.Th>
            <Table.Th className="number">Rows</Table.Th>
            <Table.Th className="number">Columns</Table.Th>
            <Table.Th className="number">In quarantine</Table.Th>
            <Table.Th className="number">Complete</Table.Th>
            <Table.Th className="number">Versions</Table.Th>
            <Table.Th>Made</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {newestOfEach(versions).map(({ newest, nVersions }) => (
            <Table.Tr key={newest.name}>
              <Table.Td>
                <Link className="link" href={`/data/${newest.name}`}>
                  {newest.name}
                </Link>
              </Table.Td>
              <Table.Td>
                <code title={newest.id}>{shortId(newest.id, 12)}</code>
              </Table.Td>
              <Table.Td className="number">{formatCount(newest.nRows)}</Table.Td>
              <Table.Td className="number">{formatCount(newest.nColumns)}</Table.Td>
              <Table.Td className="number">{formatCount(newest.nQuarantined)}</Table.Td>
              <Table.Td className="number">{formatShare(newest.quality.completeness)}</Table.Td>
              <Table.Td className="number">{formatCount(nVersions)}</Table.Td>
              <Table.Td className="nowrap">
                <Ago at={newest.createdAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

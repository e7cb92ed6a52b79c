import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { DatasetVersion, Violation } from '../../../api/data-types.ts'
import { violationsQuery } from '../../../api/datasets.ts'
import { Answer, Empty } from '../../../components/answers.tsx'
import { formatCount, formatName, formatShare } from '../../../components/format.ts'
import classes from './dataset.module.css'

/** Which rules of the contract are broken, how often, with examples; the most frequent first. */
export function ViolationsTab({ version }: { version: DatasetVersion }) {
  const query = useQuery(violationsQuery(version.id))
  return (
    <Answer query={query} lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title="No rule is broken">Every row keeps to version {version.contractVersion} of the contract.</Empty>
        ) : (
          <div className={classes.flush}>
            <Violations violations={items.toSorted((a, b) => b.count - a.count)} version={version} />
          </div>
        )
      }
    </Answer>
  )
}

const Violations = ({ violations, version }: { violations: Violation[]; version: DatasetVersion }) => (
  <Table.ScrollContainer minWidth={680}>
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>What is broken</Table.Th>
          <Table.Th>Column</Table.Th>
          <Table.Th>Rule</Table.Th>
          <Table.Th className="number">Rows</Table.Th>
          <Table.Th className="number">Share</Table.Th>
          <Table.Th>Examples (row of the source: value)</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {violations.map((violation) => (
          <Table.Tr key={`${violation.code} ${violation.column} ${violation.rule}`}>
            <Table.Td>
              {violation.message}
              <br />
              <Link
                className="link"
                href={`/data/${version.name}/${version.id}?tab=quarantine&reason=${reasonOf(violation)}`}
                title="See these rows in quarantine"
              >
                <code>{violation.code}</code>
              </Link>
            </Table.Td>
            <Table.Td>{violation.column ?? '–'}</Table.Td>
            <Table.Td>{formatName(violation.rule)}</Table.Td>
            <Table.Td className="number">{formatCount(violation.count)}</Table.Td>
            <Table.Td className="number">{formatShare(violation.share)}</Table.Td>
            <Table.Td>
              <span className={classes.examples}>
                {violation.examples.slice(0, 5).map(({ row, value }) => (
                  <span key={row}>
                    {formatCount(row + 1)}: <code>{value ?? 'missing or personal'}</code>
                  </span>
                ))}
              </span>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
)

/** As the quarantine is filtered by: a code, or code and column. */
const reasonOf = ({ code, column }: Violation) => encodeURIComponent(column === undefined ? code : `${code}:${column}`)

import { Table } from '@mantine/core'
import type { SourceTest } from '../../../api/data-types.ts'
import { formatCount } from '../../../components/format.ts'

/** What a source answered when it was tried: its columns and first rows. */
export function SourceRows({ test: { columns, rows } }: { test: SourceTest }) {
  return (
    <div data-testid="source-rows">
      <p>
        It answers: {formatCount(columns.length)} columns
        {rows.length === 0 ? ', but no row.' : `, of its first ${rows.length} rows:`}
      </p>
      <Table.ScrollContainer minWidth={300}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ name, type }) => (
                <Table.Th key={name}>
                  {name} <span className="muted">{type}</span>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, i) => (
              <Table.Tr key={i}>
                {columns.map(({ name }, j) => (
                  <Table.Td key={name} className="nowrap">
                    {cellText(row[j])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}

const cellText = (cell: unknown) => {
  if (cell === null || cell === undefined) return '–'
  const text = typeof cell === 'string' ? cell : JSON.stringify(cell)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

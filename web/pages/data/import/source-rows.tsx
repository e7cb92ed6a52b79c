import { Table } from '@mantine/core'
import type { SourceTest } from '../../../api/data-types.ts'
import { formatCountOf } from '../../../components/format.ts'
import classes from './import.module.css'

/** What a source answered when it was tried: its columns and first rows, or why it cannot be read. */
export function SourceRows({ test }: { test: SourceTest }) {
  if (!test.isReadable) {
    return (
      <p className={classes.failure} role="alert" data-testid="source-fault">
        {test.message} <code>{test.code}</code>
      </p>
    )
  }
  const { columns, rows, warnings } = test
  return (
    <div data-testid="source-rows">
      {warnings.map(({ code, message }) => (
        <p key={`${code} ${message}`} className="muted">
          {message} <code>{code}</code>
        </p>
      ))}
      <p role="status">
        It answers: {formatCountOf(columns.length, 'column')}
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

const cellText = (cell: string | number | boolean | null) => {
  if (cell === null) return '–'
  const text = String(cell)
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

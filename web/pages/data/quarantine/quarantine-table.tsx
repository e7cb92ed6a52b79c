import { Button, Table } from '@mantine/core'
import type { QuarantinedRow } from '../../../api/data-types.ts'
import { formatCount } from '../../../components/format.ts'
import type { Decisions } from './corrections.ts'
import classes from './quarantine.module.css'

type Props = {
  rows: QuarantinedRow[]
  decisions: Decisions
  onCell: (row: QuarantinedRow, cell: { column: string; value: string | null }) => void
  onDiscard: (row: number, isDiscarded: boolean) => void
}

/** A row a line: why it is here, and its cells to be changed; those at fault come first. */
export function QuarantineTable({ rows, decisions, onCell, onDiscard }: Props) {
  const columns = columnsOf(rows)
  return (
    <div className={classes.scroll}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th className="number">Row</Table.Th>
            <Table.Th>Why</Table.Th>
            <Table.Th />
            {columns.map((name) => (
              <Table.Th key={name}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => {
            const decision = decisions.get(row.row)
            const isDiscarded = decision === 'discard'
            const faulty = new Set(row.reasons.map(({ column }) => column))
            return (
              <Table.Tr key={row.row} data-discarded={isDiscarded || undefined} className={classes.row}>
                <Table.Td className="number">{formatCount(row.row + 1)}</Table.Td>
                <Table.Td className={classes.why}>
                  {row.reasons.map(({ code, column, message }) => (
                    <div key={`${code} ${column}`} title={code}>
                      {message}
                    </div>
                  ))}
                </Table.Td>
                <Table.Td>
                  <Button
                    onClick={() => onDiscard(row.row, !isDiscarded)}
                    aria-label={`${isDiscarded ? 'Keep' : 'Discard'} row ${row.row + 1}`}
                  >
                    {isDiscarded ? 'Keep' : 'Discard'}
                  </Button>
                </Table.Td>
                {columns.map((column) => {
                  const given = row.values[column] ?? null
                  const edited = decision === undefined || isDiscarded ? undefined : decision.values[column]
                  const value = edited === undefined ? given : edited
                  return (
                    <Table.Td key={column}>
                      <input
                        className={classes.cell}
                        aria-label={`${column} of row ${row.row + 1}`}
                        aria-invalid={faulty.has(column) && edited === undefined}
                        data-changed={edited !== undefined || undefined}
                        disabled={isDiscarded || !(column in row.values)}
                        placeholder="missing"
                        size={Math.min(Math.max((value ?? '').length, 7), 24)}
                        value={value ?? ''}
                        onChange={(event) => {
                          const text = event.currentTarget.value
                          onCell(row, { column, value: text === '' ? null : text })
                        }}
                      />
                    </Table.Td>
                  )
                })}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** Columns at fault first, in order of how often; then the others as they come. */
export function columnsOf(rows: QuarantinedRow[]): string[] {
  const nFaults = new Map<string, number>()
  for (const { column } of rows.flatMap((row) => row.reasons)) {
    if (column !== null) nFaults.set(column, (nFaults.get(column) ?? 0) + 1)
  }
  const all = [...new Set(rows.flatMap((row) => Object.keys(row.values)))]
  return all.toSorted((a, b) => (nFaults.get(b) ?? 0) - (nFaults.get(a) ?? 0))
}

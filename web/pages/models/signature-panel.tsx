import { Table } from '@mantine/core'
import type { Signature, SignatureColumn } from '../../api/types.ts'
import { formatNumber } from '../../components/format.ts'
import { Panel } from '../../components/panel.tsx'

/** What a prediction needs: the columns, their kinds and ranges. */
export function SignaturePanel({ signature }: { signature: Signature }) {
  return (
    <Panel
      title="Signature"
      aside={
        <>
          predicts <code>{signature.target}</code> = <code>{signature.positive}</code>
        </>
      }
      isFlush
    >
      <Table.ScrollContainer minWidth={360} mah={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Column</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th>Range or levels</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {signature.columns.map((column) => (
              <Table.Tr key={column.name}>
                <Table.Td>
                  <code>{column.name}</code>
                  {!column.required && <span className="muted"> optional</span>}
                </Table.Td>
                <Table.Td>{column.format ?? column.kind}</Table.Td>
                <Table.Td title={column.levels?.join(', ')}>{rangeOf(column)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Panel>
  )
}

function rangeOf({ kind, format, levels, min, max, unit }: SignatureColumn): string {
  if (kind === 'category') return levels === undefined ? 'any' : `${levels.length} levels`
  const end = (value: number | undefined) => (format === 'date' ? formatDay(value) : formatNumber(value))
  const range = min === undefined && max === undefined ? 'any' : `${end(min)} to ${end(max)}`
  return unit === undefined ? range : `${range} ${unit}`
}

/** The signature counts dates in days since 1970-01-01 UTC. */
function formatDay(days: number | undefined): string {
  return days === undefined ? formatNumber(days) : new Date(days * 86_400_000).toISOString().slice(0, 10)
}

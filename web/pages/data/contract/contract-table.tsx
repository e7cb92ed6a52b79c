import { Checkbox, NativeSelect, Table } from '@mantine/core'
import type { ContractColumn } from '../../../api/data-types.ts'
import { formatNumber, formatShare } from '../../../components/format.ts'
import { withColumnKey } from './contract-text.ts'
import classes from './contract.module.css'

const types = ['number', 'integer', 'string', 'category', 'boolean', 'date', 'timestamp']
const roles = ['feature', 'target', 'id', 'subject', 'time', 'known_since', 'ignore']
const policies = [
  { value: '', label: 'keep' },
  { value: 'drop', label: 'drop' },
  { value: 'mask', label: 'mask' },
  { value: 'pseudonymise', label: 'pseudonymise' },
  { value: 'generalise', label: 'generalise' },
]

type Props = { columns: ContractColumn[]; yaml: string; onChange: (yaml: string) => void }

/** A row for each column, its type, role, flags and policy to be set; what is rarer is set in the YAML. */
export function ContractTable({ columns, yaml, onChange }: Props) {
  const setter =
    (index: number) =>
    (key: keyof ContractColumn, value: unknown): void =>
      onChange(withColumnKey(yaml, index, { key, value }))
  return (
    <div className={classes.scroll}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Column</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Role</Table.Th>
            <Table.Th>May be missing</Table.Th>
            <Table.Th>Protected</Table.Th>
            <Table.Th>Known at decision</Table.Th>
            <Table.Th>Privacy policy</Table.Th>
            <Table.Th>Values</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map((column, i) => (
            <ColumnRow key={column.name} column={column} set={setter(i)} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

type RowProps = { column: ContractColumn; set: (key: keyof ContractColumn, value: unknown) => void }

function ColumnRow({ column, set }: RowProps) {
  const { name, type, role, nullable, policy, confidence } = column
  return (
    <Table.Tr>
      <Table.Td>
        <b>{name}</b>
        {column.pii !== undefined && <div className={classes.pii}>{column.pii}</div>}
      </Table.Td>
      <Table.Td>
        <NativeSelect
          aria-label={`Type of ${name}`}
          data={withCurrent(types, type)}
          value={type}
          onChange={(event) => set('type', event.currentTarget.value)}
        />
        {confidence !== undefined && confidence < 1 && (
          <div className="muted" title="share of its values that read so">
            {formatShare(confidence, 0)} sure
          </div>
        )}
      </Table.Td>
      <Table.Td>
        <NativeSelect
          aria-label={`Role of ${name}`}
          data={withCurrent(roles, role)}
          value={role}
          onChange={(event) => set('role', event.currentTarget.value)}
        />
      </Table.Td>
      <Table.Td>
        <Checkbox
          aria-label={`${name} may be missing`}
          checked={nullable}
          onChange={(event) => set('nullable', event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <Checkbox
          aria-label={`${name} is protected`}
          checked={column.protected === true}
          onChange={(event) => set('protected', event.currentTarget.checked || undefined)}
        />
      </Table.Td>
      <Table.Td>
        <Checkbox
          aria-label={`${name} is known at the decision`}
          checked={column.decisionTime !== false}
          onChange={(event) => set('decisionTime', event.currentTarget.checked ? undefined : false)}
        />
      </Table.Td>
      <Table.Td>
        <NativeSelect
          aria-label={`Privacy policy of ${name}`}
          data={policies}
          value={policy === 'keep' ? '' : (policy ?? '')}
          onChange={(event) => set('policy', event.currentTarget.value || undefined)}
        />
      </Table.Td>
      <Table.Td className={classes.values}>{valuesText(column)}</Table.Td>
    </Table.Tr>
  )
}

const withCurrent = (known: string[], current: string) => (known.includes(current) ? known : [...known, current])

function valuesText(column: ContractColumn): string {
  const { values, missing } = column
  const listed =
    values === undefined ? '' : `${values.slice(0, 4).join(', ')}${values.length > 4 ? `, … (${values.length})` : ''}`
  const lacking = missing === undefined || missing.length === 0 ? '' : `missing: ${missing.join(', ')}`
  return [rangeText(column), listed, lacking].filter((part) => part !== '').join('; ')
}

function rangeText({ min, max, unit }: ContractColumn): string {
  const ending = unit === undefined ? '' : ` ${unit}`
  if (min === undefined && max === undefined) return ''
  if (max === undefined) return `at least ${formatNumber(min)}${ending}`
  return min === undefined
    ? `at most ${formatNumber(max)}${ending}`
    : `${formatNumber(min)} to ${formatNumber(max)}${ending}`
}

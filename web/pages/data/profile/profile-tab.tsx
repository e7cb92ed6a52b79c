import { NativeSelect, Table, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'
import type { ColumnProfile, DatasetVersion, Profile } from '../../../api/data-types.ts'
import { profileQuery } from '../../../api/datasets.ts'
import { MiniHistogram } from '../../../charts/mini-histogram.tsx'
import { Answer, Empty } from '../../../components/answers.tsx'
import { Drawing, type Make } from '../../../components/drawing.tsx'
import { formatCount, formatShare } from '../../../components/format.ts'
import { ColumnDetail } from './column-detail.tsx'
import { columnOrders, orderedColumns, type ColumnOrder } from './column-order.ts'
import { valueText } from './value-text.ts'
import classes from './profile.module.css'

/** Every column with what it holds; one of them in detail. */
export function ProfileTab({ version }: { version: DatasetVersion }) {
  const query = useQuery(profileQuery(version.id))
  return (
    <Answer query={query} lines={10}>
      {(profile) => <ProfileView profile={profile} />}
    </Answer>
  )
}

function ProfileView({ profile }: { profile: Profile }) {
  const [search, setSearch] = useSearchParams()
  const words = search.get('find') ?? ''
  const order = (search.get('order') ?? 'contract') as ColumnOrder
  const columns = orderedColumns(profile.columns, words, order)
  const chosen = columns.find(({ name }) => name === search.get('column')) ?? columns[0]
  const set = (name: string, value: string) =>
    setSearch(
      (known) => {
        if (value === '') known.delete(name)
        else known.set(name, value)
        return known
      },
      { replace: true },
    )
  return (
    <div className={classes.profile}>
      <div className={classes.list}>
        <div className={classes.controls}>
          <TextInput
            label="Find a column"
            placeholder="name or type"
            value={words}
            onChange={(event) => set('find', event.currentTarget.value)}
            autoComplete="off"
          />
          <NativeSelect
            label="Order"
            data={Object.entries(columnOrders).map(([value, label]) => ({ value, label }))}
            value={order}
            onChange={(event) => set('order', event.currentTarget.value)}
            size="sm"
          />
        </div>
        {columns.length === 0 ? (
          <Empty title="No column is called so">
            Clear the field to see all {formatCount(profile.columns.length)}.
          </Empty>
        ) : (
          <ColumnTable columns={columns} chosen={chosen.name} onChoose={(name) => set('column', name)} />
        )}
      </div>
      <div className={classes.side}>
        {chosen !== undefined && <ColumnDetail column={chosen} />}
        <Missingness columns={profile.columns} />
      </div>
    </div>
  )
}

type TableProps = { columns: ColumnProfile[]; chosen: string; onChoose: (name: string) => void }

const ColumnTable = ({ columns, chosen, onChoose }: TableProps) => (
  <div className={classes.scroll}>
    <Table highlightOnHover stickyHeader>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Column</Table.Th>
          <Table.Th>Type</Table.Th>
          <Table.Th className="number">Missing</Table.Th>
          <Table.Th className="number">Distinct</Table.Th>
          <Table.Th>Distribution</Table.Th>
          <Table.Th>From, to</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {columns.map((column) => (
          <Table.Tr key={column.name} data-selected={column.name === chosen || undefined} className={classes.row}>
            <Table.Td>
              <button
                type="button"
                className={classes.choose}
                aria-pressed={column.name === chosen}
                onClick={() => onChoose(column.name)}
              >
                {column.name}
              </button>
            </Table.Td>
            <Table.Td className="muted">{column.type}</Table.Td>
            <Table.Td className="number">
              {column.nMissing === 0 ? '0' : formatShare(column.nMissing / Math.max(column.nRows, 1))}
            </Table.Td>
            <Table.Td className="number">
              {column.isDistinctExact ? '' : '≈ '}
              {formatCount(column.nDistinct)}
            </Table.Td>
            <Table.Td>
              <MiniHistogram
                values={(column.histogram.length > 0 ? column.histogram : column.topValues).map(({ n }) => n)}
                label={`Distribution of ${column.name}`}
              />
            </Table.Td>
            <Table.Td className={classes.range}>{rangeText(column)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </div>
)

const rangeText = ({ min, max, topValues }: ColumnProfile) => {
  if (min !== null && max !== null) return `${valueText(min)} – ${valueText(max)}`
  return topValues
    .slice(0, 3)
    .map(({ value }) => value)
    .join(', ')
}

function Missingness({ columns }: { columns: ColumnProfile[] }) {
  const make = useCallback<Make>(
    ({ missingnessPicture }) =>
      missingnessPicture({
        columns: columns.map(({ name, nMissing, nRows }) => ({
          name,
          shareMissing: nRows === 0 ? 0 : nMissing / nRows,
        })),
      }),
    [columns],
  )
  return (
    <figure className={classes.figure}>
      <figcaption>Missing values</figcaption>
      <Drawing make={make} height={120} />
    </figure>
  )
}

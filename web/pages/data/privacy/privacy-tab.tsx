import { Table } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import type { ContractColumn, DatasetVersion, DatasetWarning } from '../../../api/data-types.ts'
import { warningsQuery } from '../../../api/datasets.ts'
import { Answer, Empty } from '../../../components/answers.tsx'
import { useContractColumns } from '../dataset/use-contract.ts'
import { AnonymityPanel } from './anonymity-panel.tsx'
import { ErasePanel } from './erase-panel.tsx'
import classes from './privacy.module.css'

/** Which columns hold personal data and what is done to it on the way in, how well rows hide, how a person is erased. */
export function PrivacyTab({ version }: { version: DatasetVersion }) {
  const query = useQuery(warningsQuery(version.id))
  const columns = useContractColumns(version)
  return (
    <div className={classes.privacy}>
      <Answer query={query} lines={5}>
        {({ items }) => (
          <Identifiers
            rows={identifiersOf(columns ?? [], items)}
            contractHref={`/data/${version.name}/${version.id}?tab=contract`}
          />
        )}
      </Answer>
      <AnonymityPanel version={version} />
      <ErasePanel />
    </div>
  )
}

type Identifier = { column: string; kind: string; policy: string; found: string }

/** Columns that the contract calls personal, and those that look so. */
export function identifiersOf(columns: ContractColumn[], warnings: DatasetWarning[]): Identifier[] {
  const messages = new Map(
    warnings.flatMap(({ code, column, message }) => (code === 'PERSONAL_DATA' && column ? [[column, message]] : [])),
  )
  const declared = columns.filter(({ name, pii, policy }) => {
    return pii !== undefined || (policy !== undefined && policy !== 'keep') || messages.has(name)
  })
  const undeclared = [...messages.keys()].filter((name) => !columns.some((column) => column.name === name))
  return [
    ...declared.map(({ name, pii, policy }) => ({
      column: name,
      kind: pii ?? 'not declared',
      policy: policy ?? 'keep',
      found: messages.get(name) ?? '',
    })),
    ...undeclared.map((column) => ({ column, kind: 'not declared', policy: 'keep', found: messages.get(column)! })),
  ]
}

function Identifiers({ rows, contractHref }: { rows: Identifier[]; contractHref: string }) {
  if (rows.length === 0) {
    return (
      <Empty title="No personal data was found">
        Names of columns and their contents were looked at; what only people can know is declared in the contract.
      </Empty>
    )
  }
  return (
    <>
      <Table.ScrollContainer minWidth={560}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Column</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th>Policy</Table.Th>
              <Table.Th>What was found</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ column, kind, policy, found }) => (
              <Table.Tr key={column}>
                <Table.Td>
                  <b>{column}</b>
                </Table.Td>
                <Table.Td>{kind}</Table.Td>
                <Table.Td>{policy}</Table.Td>
                <Table.Td>{found}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <p className="muted">
        Policies are set in the{' '}
        <Link className="link" href={contractHref}>
          contract
        </Link>{' '}
        and applied on the way in: the next import keeps nothing of what they take away.
      </p>
    </>
  )
}

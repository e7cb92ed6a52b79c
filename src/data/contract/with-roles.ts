import { AssayError } from '../../errors/index.ts'
import type { Contract, ContractColumn } from './contract.ts'

/** What a project makes of the columns of a dataset that is there already. */
export type Roles = {
  target?: string
  positive?: string
  id?: string
  time?: string
  subject?: string
  drop?: string[]
  protected?: string[]
}

/**
 * The contract with other roles: what is named gets its role, an earlier holder of a role that one column has is a feature again (an
 * earlier target is ignored: it may give the new one away). Types and rules stay, since the rows were held against them.
 * @throws COLUMN_UNKNOWN, TARGET_INVALID when the target's values are not known to be two and none is said to be the positive one
 */
export function withRoles(contract: Contract, roles: Roles): Contract {
  const { target, positive, drop = [], protected: protectedColumns = [] } = roles
  const names = contract.columns.map(({ name }) => name)
  for (const name of [target, roles.id, roles.time, roles.subject, ...drop, ...protectedColumns])
    if (name !== undefined && !names.includes(name))
      throw new AssayError('COLUMN_UNKNOWN', { column: name, columns: names.slice(0, 50).join(', ') })
  const columns = contract.columns.map((column): ContractColumn => {
    const role = roleOf(column, roles)
    const isProtected = column.protected || protectedColumns.includes(column.name)
    const { protected: _, positive: __, ...rest } = column
    return {
      ...rest,
      role,
      ...(isProtected && { protected: true }),
      ...(role === 'target' && { positive: positiveOf(column, positive), decisionTime: false }),
    }
  })
  return { ...contract, columns }
}

const SINGLE = ['target', 'id', 'time', 'subject'] as const

function roleOf({ name, role }: ContractColumn, roles: Roles): ContractColumn['role'] {
  if (roles.drop?.includes(name)) return 'ignore'
  const given = SINGLE.find((single) => roles[single] === name)
  if (given) return given
  const isReplaced = SINGLE.some((single) => role === single && roles[single] !== undefined)
  if (!isReplaced) return role
  return role === 'target' ? 'ignore' : 'feature'
}

function positiveOf(column: ContractColumn, positive: string | undefined): string {
  const { name, values } = column
  if (positive !== undefined) {
    if (!values || values.includes(positive)) return positive
    throw new AssayError('TARGET_INVALID', {
      target: name,
      reason: `its values are ${values.join(', ')}, not ${positive}`,
    })
  }
  if (column.role === 'target' && column.positive !== undefined) return column.positive
  const likely = values?.length === 2 ? values.find((value) => /^(1|y|yes|true|t)$/i.test(value)) : undefined
  if (likely !== undefined) return likely
  throw new AssayError('TARGET_INVALID', { target: name, reason: 'nobody has said which of its values is looked for' })
}

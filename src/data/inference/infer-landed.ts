import { AssayError } from '../../errors/index.ts'
import { defaultPolicy, detectPersonalData, type PersonalColumn } from '../../privacy/index.ts'
import type { Contract, ContractColumn } from '../contract/contract.ts'
import type { Landed } from '../landed.ts'
import { warn } from '../scan-personal-data.ts'
import { openSession } from '../sql/session.ts'
import type { DatasetWarning } from '../warnings.ts'
import { gatherFacts, type ColumnFacts } from './facts.ts'
import { inferRoles, type InferredRole, type RoleHints } from './infer-role.ts'
import { inferTarget } from './infer-target.ts'
import { inferType, type InferredType } from './infer-type.ts'

export type LandedHints = RoleHints & {
  dataset: string
  /** may be chosen later */
  target?: string
  positive?: string
  protected?: string[]
}

export type Inferred = { contract: Contract; warnings: DatasetWarning[] }

/** Below this a column is only told to look personal; from here on a direct identifier is dropped until a person says otherwise. */
const SURE_PERSONAL = 0.8

/**
 * A contract that the landed data meets, for a person to correct, with a confidence for each type and role. What was concluded
 * rather than read is told as a warning: placeholders for missing, how numbers and dates are written, mixed columns, personal data.
 * Ranges of the data are hints and no walls: the least value is 0 where nothing is below it, and no largest value is set.
 * @param options.directory for what does not fit into memory
 * @throws COLUMN_UNKNOWN, TARGET_INVALID
 */
export async function inferLanded(
  landed: Landed,
  hints: LandedHints,
  options: { directory: string; memoryLimitBytes?: number },
): Promise<Inferred> {
  const names = landed.columns.map(({ name }) => name)
  for (const name of [hints.target, hints.id, hints.time, ...(hints.drop ?? []), ...(hints.protected ?? [])])
    if (name !== undefined && !names.includes(name))
      throw new AssayError('COLUMN_UNKNOWN', { column: name, columns: names.slice(0, 50).join(', ') })
  const session = await openSession({ reads: [landed.path], ...options })
  try {
    const facts = await gatherFacts(session, landed)
    const target = facts.find(({ name }) => name === hints.target)
    const targetColumn = target && inferTarget(target, hints.positive)
    const warnings: DatasetWarning[] = []
    const typed: { facts: ColumnFacts; type: InferredType }[] = []
    for (const column of facts) {
      tellPlaceholders(column, warnings)
      if (column !== target)
        typed.push({ facts: column, type: await inferType(session, { facts: column, landed, warnings }) })
    }
    const roles = inferRoles(typed, hints)
    const personal = detectPersonalData(typed.map(({ facts: { name, top } }) => ({ name, sample: sampleOf(top) })))
    const columns = typed.map(({ facts: column, type }, i) => {
      const found = personal.find(({ column: name }) => name === column.name)
      return columnOf({ facts: column, type, role: roles[i], personal: found, hints })
    })
    for (const column of columns) tellColumn(column, { facts, personal, warnings })
    const ordered = names.map((name) => (name === target?.name ? targetColumn! : columns.find((c) => c.name === name)!))
    return { contract: { dataset: hints.dataset, version: 1, columns: ordered, rules: [] }, warnings }
  } finally {
    session.close()
  }
}

const SAMPLE_VALUES = 1_000

/** Values as often as they occur, about a thousand: how much a column repeats itself tells what it holds. */
function sampleOf(top: ColumnFacts['top']): string[] {
  const total = top.reduce((sum, { count }) => sum + count, 0)
  return top.flatMap(({ text, count }) =>
    Array.from(
      { length: Math.max(1, Math.round((Math.min(count, total) * SAMPLE_VALUES) / Math.max(total, SAMPLE_VALUES))) },
      () => text,
    ),
  )
}

type Found = {
  facts: ColumnFacts
  type: InferredType
  role: InferredRole
  personal: PersonalColumn | undefined
  hints: LandedHints
}

function columnOf({ facts, type, role, personal, hints }: Found): ContractColumn {
  const isDropped =
    personal !== undefined &&
    personal.confidence >= SURE_PERSONAL &&
    defaultPolicy(personal.kind).policy === 'drop' &&
    (role.role === 'feature' || role.role === 'ignore') &&
    !hints.protected?.includes(facts.name)
  return {
    name: facts.name,
    nullable: facts.nPresent < facts.nRows,
    ...type,
    ...role,
    ...(facts.placeholders.length > 0 ? { missing: facts.placeholders } : {}),
    ...(personal ? { pii: personal.kind } : {}),
    ...(isDropped ? { role: 'ignore' as const, policy: 'drop' as const } : {}),
    ...(hints.protected?.includes(facts.name) ? { protected: true } : {}),
  }
}

function tellPlaceholders({ name, placeholders, nPlaceholders, nRows }: ColumnFacts, warnings: DatasetWarning[]): void {
  if (nPlaceholders === 0) return
  const texts = placeholders.map((text) => `"${text}"`).join(', ')
  warnings.push({
    code: 'MISSING_PLACEHOLDER',
    column: name,
    message: `${name} says ${texts} in ${nPlaceholders} of ${nRows} rows; it is taken for missing.`,
  })
}

function tellColumn(
  column: ContractColumn,
  { facts, personal, warnings }: { facts: ColumnFacts[]; personal: PersonalColumn[]; warnings: DatasetWarning[] },
): void {
  const { name, policy, role } = column
  const { nDistinct, nPresent } = facts.find((candidate) => candidate.name === name)!
  if (nPresent === 0)
    warnings.push({
      code: 'EMPTY_COLUMN',
      column: name,
      message: `${name} is missing in every row. It is left out of learning.`,
    })
  else if (nDistinct === 1)
    warnings.push({
      code: 'CONSTANT_COLUMN',
      column: name,
      message: `${name} has the same value in every row. It is left out of learning.`,
    })
  const found = personal.find((candidate) => candidate.column === name)
  if (!found || (policy === undefined && role !== 'feature')) return
  const warning = warn(found)
  warnings.push(
    policy === 'drop'
      ? { ...warning, message: `${warning.message} The contract drops it; change its policy to keep it.` }
      : warning,
  )
}

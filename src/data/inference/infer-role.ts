import type { ContractColumn } from '../contract/contract.ts'
import type { ColumnFacts } from './facts.ts'
import type { InferredType } from './infer-type.ts'

export type RoleHints = { drop?: string[]; id?: string; time?: string }
export type InferredRole = Pick<ContractColumn, 'role' | 'roleConfidence' | 'unique'>

type Typed = { facts: ColumnFacts; type: InferredType }

const FEW_ROWS = 20
const ID_NAME =
  /(^|[_\W]|(?<=[a-z]))(id|ID|Id|key|Key|no|No|nr|Nr|num|NUM|number|Number|uuid|guid|code|Code)$|^(case|claim|policy).*num(ber)?$/i
const SUBJECT_NAME =
  /^(member|customer|patient|person|subject|policy_?holder|insured|client|user|employee|beneficiary|household)_?(id|no|nr|num|number|key)$/i
/** When the thing itself happened, rather than when something was made or signed before. */
const EVENT_NAME = /event|incident|accident|loss|service|claim|transaction|order|occur|report|visit/i

/** The role of each column, by what was said, by its values and by its name, with how sure that is. */
export function inferRoles(columns: Typed[], hints: RoleHints): InferredRole[] {
  const time = hints.time ?? timeColumn(columns, hints)
  let hasId = hints.id !== undefined
  return columns.map((column) => {
    const { facts } = column
    if (hints.drop?.includes(facts.name)) return { role: 'ignore', roleConfidence: 1 }
    if (facts.name === hints.id) return { role: 'id', roleConfidence: 1, ...(facts.isUnique ? { unique: true } : {}) }
    if (facts.name === time) return { role: 'time', roleConfidence: facts.name === hints.time ? 1 : 0.6 }
    if (facts.nDistinct <= 1) return { role: 'ignore', roleConfidence: 0.9 }
    if (SUBJECT_NAME.test(facts.name) && !facts.isUnique) return { role: 'subject', roleConfidence: 0.8 }
    if (!isIdentifier(column)) return { role: 'feature', roleConfidence: 0.9 }
    if (hasId || facts.nPresent < facts.nRows || !ID_NAME.test(facts.name))
      return { role: 'ignore', roleConfidence: 0.9 }
    hasId = true
    return { role: 'id', roleConfidence: 0.8, unique: true }
  })
}

/** Only texts and whole numbers can be keys; every value of a measured amount may well differ. */
function isIdentifier({ facts, type }: Typed): boolean {
  const isKeyLike = ['integer', 'string', 'category'].includes(type.type)
  return isKeyLike && facts.isUnique && facts.nRows > FEW_ROWS
}

/** The one date there is, else the one whose name tells of the event. */
function timeColumn(columns: Typed[], { drop = [], id }: RoleHints): string | undefined {
  const dates = columns.filter(
    ({ facts, type }) =>
      (type.type === 'date' || type.type === 'timestamp') &&
      !drop.includes(facts.name) &&
      facts.name !== id &&
      facts.nDistinct > 1,
  )
  if (dates.length === 1) return dates[0].facts.name
  return dates.find(({ facts }) => EVENT_NAME.test(facts.name))?.facts.name
}

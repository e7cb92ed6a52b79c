import path from 'node:path'
import type { Contract } from '../contract/contract.ts'
import { checkRules } from '../contract/rule-sql.ts'
import type { Landed } from '../landed.ts'
import { literal } from '../sql/literal.ts'
import { openSession } from '../sql/session.ts'
import { bindColumns, checksOf } from './checks.ts'
import { columnViolations } from './column-presence.ts'
import { copyRows } from './copy-rows.ts'
import { countBroken } from './count-broken.ts'
import { findDuplicates } from './duplicates.ts'
import { policyKeyVariables, validColumns, type PrivacyKey } from './policies.ts'
import { writeQuarantine } from './quarantine-file.ts'
import { typedRows } from './typed-rows.ts'
import type { ValidationCounts, Violation } from './violation.ts'

export type ValidateOptions = {
  /** for the results and for what does not fit into memory; it has to exist */
  directory: string
  /** the instant that `freshnessDays` counts back from; now when left out */
  asOf?: Date
  /** key of pseudonyms; wanted where a column has the policy `pseudonymise` */
  privacyKey?: PrivacyKey
  memoryLimitBytes?: number
  progress?: (done: number, total: number, text: string) => void
}

export type LandedValidation = {
  /** Parquet: the valid rows in the order of the source, typed by the contract, policies applied, and `_source_row` */
  validPath: string
  /** JSON lines, one `QuarantinedRow` each, in the order of the source */
  quarantinePath: string
  violations: Violation[]
  counts: ValidationCounts
}

const STEPS = 4

/**
 * Holds a landed file against a contract, in SQL and out of core: one scan counts what is broken, one writes the valid rows, and only
 * where something is broken two more find examples and write the quarantine. Every broken rule is told apart with its count, share and first ten rows.
 * @throws RULE_INVALID, POLICY_UNSUITABLE, PRIVACY_KEY_MISSING
 */
export async function validateLanded(
  landed: Landed,
  contract: Contract,
  options: ValidateOptions,
): Promise<LandedValidation> {
  const { directory, asOf = new Date(), progress = () => {} } = options
  const validPath = path.join(directory, 'valid.parquet')
  const quarantinePath = path.join(directory, 'quarantine.jsonl')
  const session = await openSession({
    reads: [landed.path],
    directory,
    memoryLimitBytes: options.memoryLimitBytes,
    variables: policyKeyVariables(contract, options.privacyKey),
  })
  try {
    const columns = bindColumns(contract, landed)
    const has = new Set(columns.map(({ rule }) => rule.name))
    // A rule over a column that is not there cannot be judged; the column is told to be missing.
    const rules = (await checkRules(session, contract)).filter((rule) => rule.columns.every((name) => has.has(name)))
    const rows = typedRows(landed, columns)
    const schema = await columnViolations(session, { contract, landed })
    progress(1, STEPS, 'columns compared')
    const checks = checksOf(contract, { columns, rules, asOf })
    const scan = await countBroken(session, { rows, columns, checks })
    const duplicates = await findDuplicates(session, { rows, columns, checks, nRows: landed.nRows })
    progress(2, STEPS, 'rows checked')
    const broken = [...scan.broken, ...duplicates.checks].filter(({ quarantines }) => quarantines)
    const isBad = broken.length === 0 ? 'false' : broken.map(({ sql }) => sql).join(' or ')
    const valid = validColumns(columns, asOf)
    // A filter leaves the rows in their order; looking keys up in another table does not.
    const order = duplicates.checks.length > 0 ? 'order by "§row"' : ''
    const nValid = await copyRows(session, {
      select: `select ${[...valid, '"§row" as _source_row'].join(', ')} from ${rows} where not (${isBad}) ${order}`,
      to: `${literal(validPath)} (format parquet, compression zstd)`,
    })
    progress(3, STEPS, 'valid rows written')
    const nQuarantined = await writeQuarantine(session, { rows, landed, broken, order, path: quarantinePath })
    progress(STEPS, STEPS, 'quarantine written')
    return {
      validPath,
      quarantinePath,
      violations: [...schema, ...scan.violations, ...duplicates.violations],
      counts: {
        ...scan.counts,
        nRows: landed.nRows,
        nValid,
        nQuarantined,
        nInvalidCells: scan.counts.nInvalidCells + duplicates.nInvalidCells,
        nDistinctKeys: duplicates.nDistinctKeys,
      },
    }
  } finally {
    session.close()
  }
}

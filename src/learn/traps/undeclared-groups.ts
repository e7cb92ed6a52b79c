import type { Column } from '../table.ts'
import { adviceFor } from './advice.ts'
import { countSpanning } from './declared-groups.ts'
import { collisionShare, distinctValues, follows, type Distinct } from './distinct.ts'
import { figure, percent, type Trap, type TrapInput } from './trap.ts'

/** Subjects are many: fewer values are regions, branches, products, which a test may share with what was learned. */
const MIN_VALUES = 30
const MAX_ROWS_PER_VALUE = 50

/** Share of rows whose value comes again; below it, testing by chance is nearly testing on strangers. */
const MIN_REPEATED = 0.2

/** Pairs of rows of one value that are compared, and how few would show nothing. */
const MAX_PAIRS = 5_000
const MIN_PAIRS = 30

/** A column is fixed for a subject when such a pair agrees in it so often, although two rows at random rarely do. */
const AGREEING = 0.95
const VARIED = 0.6

/** Fixed columns that show a subject: a name that says so needs one, since a birthplace is fixed for a postcode too. */
const MIN_FIXED = 3
const MIN_FIXED_WITH_NAME = 1

const subjectName =
  /(person|member|patient|customer|client|subject|user|insured|policy|claimant|driver|vehicle|household|account|employee|student|applicant|borrower|card)/i

/**
 * Columns that look like subjects nobody declared: many values that come again, and rows of one value agree in what stays
 * the same for a person or a thing (sex, year of birth, make). Columns that follow from each other count once, so that a
 * postcode with its county and state is no subject. With folds, only where subjects span them.
 */
export function findUndeclaredGroups({ table, besides = [], groups = [], folds }: TrapInput): Trap[] {
  const declared = new Set(groups.map(({ name }) => name))
  return [...table.columns, ...besides].flatMap((column): Trap[] => {
    if (declared.has(column.name) || !mayNameSubject(column)) return []
    const distinct = distinctValues(column)
    if (!comesAgain(distinct)) return []
    const pairs = pairsOf(distinct)
    if (pairs.length / 2 < MIN_PAIRS) return []
    const others = table.columns.filter((other) => other !== column)
    const fixed = fixedColumns(others, pairs)
    if (fixed.length < (subjectName.test(column.name) ? MIN_FIXED_WITH_NAME : MIN_FIXED)) return []
    const spanning = folds && countSpanning(distinct.codes, folds)
    const share = spanning && spanning.nTested > 0 ? spanning.nSpanning / spanning.nTested : undefined
    return share !== undefined && share < 0.01 ? [] : [trapOf(column.name, distinct, { fixed, share })]
  })
}

/** Texts, and whole numbers that are called after a subject: other numbers are measured. */
function mayNameSubject(column: Column): boolean {
  if (column.kind === 'category') return true
  return subjectName.test(column.name) && column.values.every((value) => Number.isNaN(value) || value % 1 === 0)
}

function comesAgain({ codes, nDistinct, nPresent }: Distinct): boolean {
  if (nDistinct < MIN_VALUES || nPresent > MAX_ROWS_PER_VALUE * nDistinct) return false
  const counts = new Int32Array(nDistinct)
  for (const code of codes) if (code >= 0) counts[code]++
  let nRepeated = 0
  for (const count of counts) if (count > 1) nRepeated += count
  return nRepeated >= MIN_REPEATED * codes.length
}

/** Row numbers, two by two: one pair of rows for each value that comes again. */
function pairsOf({ codes, nDistinct }: Distinct): Int32Array {
  const first = new Int32Array(nDistinct).fill(-1)
  const pairs: number[] = []
  for (let row = 0; row < codes.length && pairs.length < 2 * MAX_PAIRS; row++) {
    const code = codes[row]
    if (code < 0 || first[code] === -2) continue
    if (first[code] === -1) first[code] = row
    else {
      pairs.push(first[code], row)
      first[code] = -2
    }
  }
  return Int32Array.from(pairs)
}

/** Varied columns in which the pairs agree; of those that follow from each other, the one with most values. */
function fixedColumns(columns: Column[], pairs: Int32Array): string[] {
  const fixed = columns
    .filter((column) => agreement(column, pairs) >= AGREEING)
    .map((column) => ({ name: column.name, distinct: distinctValues(column) }))
    .filter(({ distinct }) => collisionShare(distinct) <= VARIED)
    .sort((a, b) => b.distinct.nDistinct - a.distinct.nDistinct)
  const own: typeof fixed = []
  for (const candidate of fixed)
    if (!own.some(({ distinct }) => follows(candidate.distinct, distinct))) own.push(candidate)
  return own.map(({ name }) => name)
}

/** Share of the pairs that agree; missing agrees with missing. */
function agreement(column: Column, pairs: Int32Array): number {
  const cells = column.kind === 'number' ? column.values : column.codes
  let nEqual = 0
  for (let i = 0; i < pairs.length; i += 2) if (Object.is(cells[pairs[i]], cells[pairs[i + 1]])) nEqual++
  return nEqual / (pairs.length / 2)
}

function trapOf(
  column: string,
  { nDistinct, nPresent }: Distinct,
  { fixed, share }: { fixed: string[]; share: number | undefined },
): Trap {
  const spanning = share === undefined ? '' : `; ${percent(share)} of the tested rows have one among those learned from`
  return {
    code: 'GROUPS_UNDECLARED',
    severity: 'warn',
    column,
    evidence: {
      nValues: nDistinct,
      rowsPerValue: figure(nPresent / nDistinct),
      fixedColumns: fixed.slice(0, 5).join(', '),
      ...(share !== undefined && { share: figure(share) }),
    },
    message: `Rows with the same ${column} look like one subject: they agree in ${fixed.slice(0, 5).join(', ')} (${nDistinct} values, ${(nPresent / nDistinct).toFixed(1)} rows each)${spanning}.`,
    advice: adviceFor('GROUPS_UNDECLARED'),
  }
}

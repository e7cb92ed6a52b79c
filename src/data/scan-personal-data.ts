import { defaultPolicy, detectPersonalData, personalKinds, type PersonalColumn } from '../privacy/index.ts'
import { cellText, type DataColumns } from './columns.ts'
import type { Contract } from './contract/contract.ts'
import type { DatasetWarning } from './warnings.ts'

/** Rows that are enough to tell. */
export const SAMPLE_ROWS = 1_000

const ADVICE = {
  drop: 'Drop it.',
  pseudonymise: 'Pseudonymise it, or give it the role id.',
  mask: 'Mask it.',
  generalise: 'Generalise it.',
  keep: 'It may stay within the company; generalise it where HIPAA applies.',
}

/** Columns a model would see that look as if they held personal data, by name or by content. */
export function scanPersonalData(data: DataColumns, contract: Contract): DatasetWarning[] {
  const nRows = Math.min(data.nRows, SAMPLE_ROWS)
  const features = contract.columns.flatMap(({ name, role }) => {
    const column = data.columns.find((candidate) => candidate.name === name)
    return column && role === 'feature' ? [column] : []
  })
  const found = detectPersonalData(
    features.map((column) => ({
      name: column.name,
      sample: Array.from({ length: nRows }, (_, row) => cellText(column, row)),
    })),
  )
  return found.map(warn)
}

/** The warning PERSONAL_DATA of a detected column: what it looks like, how sure that is, what to do. */
export function warn({ column, kind, confidence, by }: PersonalColumn): DatasetWarning {
  const how = by === 'both' ? 'name and content' : by
  const advice = ADVICE[defaultPolicy(kind).policy]
  return {
    code: 'PERSONAL_DATA',
    column,
    message: `${column} looks like ${personalKinds[kind].title} (by ${how}, confidence ${confidence.toFixed(2)}). ${advice}`,
  }
}

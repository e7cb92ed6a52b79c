import { cellText, isMissing, type DataColumns } from './columns.ts'
import type { Contract } from './contract/contract.ts'

export type DatasetWarning = { code: string; column?: string; message: string }

const HIGH_MISSING = 0.3
const RARE_TARGET = 0.02
const SAMPLE_ROWS = 1_000

/** What a modeller should know before training. */
export function warnAboutDataset(data: DataColumns, contract: Contract): DatasetWarning[] {
  const warnings: DatasetWarning[] = []
  for (const rule of contract.columns) {
    const column = data.columns.find((candidate) => candidate.name === rule.name)
    if (!column || rule.role !== 'feature') continue
    let nMissing = 0
    const distinct = new Set<string | null>()
    for (let row = 0; row < data.nRows; row++) {
      if (isMissing(column, row)) nMissing++
      if (distinct.size < 2) distinct.add(cellText(column, row))
    }
    if (distinct.size < 2)
      warnings.push({
        code: 'CONSTANT_COLUMN',
        column: rule.name,
        message: `${rule.name} has the same value in every row.`,
      })
    else if (nMissing / data.nRows > HIGH_MISSING)
      warnings.push({
        code: 'HIGH_MISSING',
        column: rule.name,
        message: `${rule.name} is missing in ${percent(nMissing / data.nRows)} of the rows.`,
      })
    if (isOrderedKey(column, data.nRows))
      warnings.push({
        code: 'ID_ORDERED',
        column: rule.name,
        message: `${rule.name} counts the rows: it tells their order, not the claim. Leave it out.`,
      })
  }
  const target = contract.columns.find((column) => column.role === 'target')!
  const column = data.columns.find((candidate) => candidate.name === target.name)
  if (column) {
    let nPositive = 0
    for (let row = 0; row < data.nRows; row++) if (cellText(column, row) === target.positive) nPositive++
    if (nPositive / data.nRows < RARE_TARGET)
      warnings.push({
        code: 'TARGET_RARE',
        column: target.name,
        message: `${target.name} is ${target.positive} in ${percent(nPositive / data.nRows)} of the rows only.`,
      })
  }
  return warnings
}

function isOrderedKey(column: DataColumns['columns'][number], nRows: number): boolean {
  if (column.kind !== 'number' || nRows < 20) return false
  for (let row = 1; row < nRows; row++) if (!(column.values[row] > column.values[row - 1])) return false
  return true
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`

const personalByName: [RegExp, string][] = [
  [/(^|_)(first|last|full|sur)?_?name$/i, 'a name'],
  [/e-?mail/i, 'an e-mail address'],
  [/phone|fax|mobile/i, 'a phone number'],
  [/ssn|social_?security/i, 'a social security number'],
  [/^((home|street|mailing)_?)?address(_?line)?_?\d?$|^street$/i, 'an address'],
  [/licen[cs]e/i, 'a licence number'],
]
const personalByContent: [RegExp, string][] = [
  [/^[^@\s]+@[^@\s]+\.[a-z]{2,}$/i, 'an e-mail address'],
  [/^\d{3}-\d{2}-\d{4}$/, 'a social security number'],
  [/^(\+?\d{1,3}[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}$/, 'a phone number'],
]

/** Columns a model would see that look as if they held personal data, by name or by content. */
export function scanPersonalData(data: DataColumns, contract: Contract): DatasetWarning[] {
  const warnings: DatasetWarning[] = []
  for (const { name, role } of contract.columns) {
    const column = data.columns.find((candidate) => candidate.name === name)
    if (!column || column.kind !== 'text' || role !== 'feature') continue
    const texts = column.values.slice(0, SAMPLE_ROWS).filter((text) => text !== null)
    const kind =
      personalByContent.find(
        ([pattern]) => texts.length > 0 && texts.filter((t) => pattern.test(t)).length > texts.length / 2,
      )?.[1] ?? personalByName.find(([pattern]) => pattern.test(name))?.[1]
    if (kind)
      warnings.push({
        code: 'PERSONAL_DATA',
        column: name,
        message: `${name} looks like ${kind}. Drop it or pseudonymise it.`,
      })
  }
  return warnings
}

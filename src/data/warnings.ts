import { cellText, isMissing, type DataColumns } from './columns.ts'
import type { Contract } from './contract/contract.ts'

export type DatasetWarning = { code: string; column?: string; message: string }

const HIGH_MISSING = 0.3
const RARE_TARGET = 0.02

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

import { createHmac } from 'node:crypto'
import { AssayError } from '../errors/index.ts'
import type { CategoryColumn, Column, Table } from '../learn/index.ts'
import { cellText, type DataColumn, type DataColumns } from './columns.ts'
import type { Contract, ContractColumn } from './contract/contract.ts'

export type LearningSet = {
  /** the feature columns */
  table: Table
  /** 1 where the target has its positive value */
  y: Uint8Array
  target: string
  positive: string
  /** protected attributes; numbers in bands */
  groups: CategoryColumn[]
  /** what each row is known by: its id, else its row in the source */
  ids: string[]
  /** row in the source file, from 0 */
  rowNumbers: Int32Array
}

/** A dataset in the form that learning takes, by the roles of its contract. @throws TARGET_MISSING, COLUMN_UNKNOWN for a column that is not there */
export function toLearningSet(data: DataColumns, contract: Contract): LearningSet {
  const columnOf = ({ name }: ContractColumn): DataColumn => {
    const column = data.columns.find((candidate) => candidate.name === name)
    if (!column)
      throw new AssayError('COLUMN_UNKNOWN', { column: name, columns: data.columns.map((c) => c.name).join(', ') })
    return column
  }
  const target = contract.columns.find((column) => column.role === 'target')
  if (!target) throw new AssayError('TARGET_MISSING', { dataset: contract.dataset })
  const positive = target.positive ?? '1'
  const targetColumn = columnOf(target)
  const y = Uint8Array.from({ length: data.nRows }, (_, row) => (cellText(targetColumn, row) === positive ? 1 : 0))
  const features = contract.columns.filter(({ role, policy }) => role === 'feature' && policy !== 'drop')
  const id = contract.columns.find((column) => column.role === 'id')
  const idColumn = id && columnOf(id)
  const rowNumbers = data.sourceRows ?? Int32Array.from({ length: data.nRows }, (_, row) => row)
  return {
    table: { nRows: data.nRows, columns: features.map((rule) => toColumn(rule, columnOf(rule), data.nRows)) },
    y,
    target: target.name,
    positive,
    groups: contract.columns
      .filter((rule) => rule.protected && rule.policy !== 'drop')
      .map((rule) => toGroup(columnOf(rule), data.nRows)),
    ids: Array.from(rowNumbers, (source, row) => (idColumn && cellText(idColumn, row)) ?? String(source)),
    rowNumbers,
  }
}

function toColumn(rule: ContractColumn, column: DataColumn, nRows: number): Column {
  if (column.kind === 'number' && rule.type !== 'category' && rule.type !== 'string' && rule.type !== 'boolean')
    return {
      kind: 'number',
      name: rule.name,
      values: column.values,
      ...(column.format ? { format: column.format } : {}),
    }
  return toCategory(rule.name, (row) => cellText(column, row), nRows, rule.values)
}

function toCategory(
  name: string,
  textOf: (row: number) => string | null,
  nRows: number,
  known?: string[],
): CategoryColumn {
  const texts = Array.from({ length: nRows }, (_, row) => textOf(row))
  const present = new Set(texts.filter((text) => text !== null))
  const levels = (known ?? [...present].sort()).filter((level) => present.has(level))
  const codeOf = new Map(levels.map((level, code) => [level, code]))
  return {
    kind: 'category',
    name,
    levels,
    codes: Int32Array.from(texts, (text) => (text === null ? -1 : (codeOf.get(text) ?? -1))),
  }
}

const BANDS = [18, 25, 35, 45, 55, 65, 75]

/** A protected attribute as groups; a number such as age in bands of years. */
function toGroup(column: DataColumn, nRows: number): CategoryColumn {
  if (column.kind === 'text' || column.format) return toCategory(column.name, (row) => cellText(column, row), nRows)
  return toCategory(column.name, (row) => bandOf(column.values[row]), nRows)
}

function bandOf(value: number): string | null {
  if (Number.isNaN(value)) return null
  const above = BANDS.findIndex((edge) => value < edge)
  if (above === 0) return `under ${BANDS[0]}`
  return above < 0 ? `${BANDS.at(-1)} and over` : `${BANDS[above - 1]} to ${BANDS[above] - 1}`
}

/**
 * Which rows are held out: a keyed hash of each row's id, so a row never changes sides when others come or go.
 * @param share of the rows, on average
 * @returns 1 for a row in the hold-out
 */
export function holdOutMask(ids: string[], key: string, share: number): Uint8Array {
  const limit = share * 2 ** 32
  return Uint8Array.from(ids, (id) => (createHmac('sha256', key).update(id).digest().readUInt32BE() < limit ? 1 : 0))
}

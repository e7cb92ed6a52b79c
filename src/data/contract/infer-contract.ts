import { AssayError } from '../../errors/index.ts'
import { cellText, isMissing, type DataColumn, type DataColumns } from '../columns.ts'
import type { Contract, ContractColumn } from './contract.ts'

export type InferenceHints = {
  dataset: string
  columns: DataColumns
  target: string
  positive?: string
  drop?: string[]
  protected?: string[]
  id?: string
  time?: string
}

/** Up to this many distinct texts are a category whose values are listed; more are allowed but not listed. */
const MAX_LISTED_VALUES = 200
const MAX_CATEGORY_SHARE = 0.5

/** A contract that the data itself meets, for a person to correct. @throws TARGET_INVALID, COLUMN_UNKNOWN */
export function inferContract(hints: InferenceHints): Contract {
  const { columns: data, target } = hints
  const names = data.columns.map((column) => column.name)
  for (const name of [target, hints.id, hints.time, ...(hints.drop ?? []), ...(hints.protected ?? [])])
    if (name !== undefined && !names.includes(name))
      throw new AssayError('COLUMN_UNKNOWN', { column: name, columns: names.slice(0, 50).join(', ') })
  return {
    dataset: hints.dataset,
    version: 1,
    columns: data.columns.map((column) =>
      column.name === target ? inferTarget(column, hints) : inferColumn(column, data, hints),
    ),
    rules: [],
  }
}

function inferTarget(column: DataColumn, { positive, columns }: InferenceHints): ContractColumn {
  const values = distinctTexts(column, columns.nRows, 3)
  if (values.length !== 2)
    throw new AssayError('TARGET_INVALID', {
      target: column.name,
      reason: values.length < 2 ? `it has the one value ${values[0] ?? 'missing'}` : 'it has more than two values',
    })
  if (positive !== undefined && !values.includes(positive))
    throw new AssayError('TARGET_INVALID', {
      target: column.name,
      reason: `its values are ${values.join(' and ')}, not ${positive}`,
    })
  return {
    name: column.name,
    type: 'category',
    nullable: false,
    values,
    role: 'target',
    positive: positive ?? likelyPositive(column, values, columns.nRows),
    decisionTime: false,
    confidence: positive === undefined ? 0.8 : 1,
  }
}

/** 1, Y, yes, true by name; the rarer value otherwise: what is looked for is usually rare. */
function likelyPositive(column: DataColumn, values: string[], nRows: number): string {
  const named = values.find((value) => /^(1|y|yes|true|t)$/i.test(value))
  if (named !== undefined) return named
  let nFirst = 0
  for (let row = 0; row < nRows; row++) if (cellText(column, row) === values[0]) nFirst++
  return nFirst * 2 <= nRows ? values[0] : values[1]
}

function inferColumn(column: DataColumn, { nRows }: DataColumns, hints: InferenceHints): ContractColumn {
  const nullable = someRow(nRows, (row) => isMissing(column, row))
  const base = { name: column.name, nullable, ...roleOf(column, nRows, hints) }
  const isProtected = hints.protected?.includes(column.name) ? { protected: true } : {}
  if (column.kind === 'number') {
    const present = column.values.filter((value) => !Number.isNaN(value))
    const isInteger = present.every((value) => Number.isInteger(value))
    const [min, max] = rangeOf(present)
    return {
      ...base,
      type: isInteger ? 'integer' : 'number',
      ...(present.length > 0 ? { min, max } : {}),
      ...isProtected,
    }
  }
  const values = distinctTexts(column, nRows, Math.max(MAX_LISTED_VALUES, nRows * MAX_CATEGORY_SHARE) + 1)
  const listed = values.length <= MAX_LISTED_VALUES ? { values } : {}
  return {
    ...base,
    type: values.length <= nRows * MAX_CATEGORY_SHARE || nRows < 20 ? 'category' : 'string',
    ...listed,
    ...isProtected,
  }
}

function roleOf(column: DataColumn, nRows: number, hints: InferenceHints): Pick<ContractColumn, 'role' | 'confidence'> {
  if (hints.drop?.includes(column.name)) return { role: 'ignore', confidence: 1 }
  if (column.name === hints.id) return { role: 'id', confidence: 1 }
  if (column.name === hints.time) return { role: 'time', confidence: 1 }
  const isIdentifier =
    nRows > 20 &&
    isKeyLike(column) &&
    new Set(Array.from({ length: nRows }, (_, row) => cellText(column, row))).size === nRows
  return isIdentifier ? { role: 'ignore', confidence: 0.9 } : { role: 'feature', confidence: 0.9 }
}

/** Only texts and whole numbers can be keys; every value of a measured amount may well differ. */
const isKeyLike = (column: DataColumn) =>
  column.kind === 'text' || column.values.every((value) => Number.isInteger(value))

function rangeOf(values: Float64Array): [number, number] {
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  return [min, max]
}

function distinctTexts(column: DataColumn, nRows: number, limit: number): string[] {
  const seen = new Set<string>()
  for (let row = 0; row < nRows && seen.size < limit; row++) {
    const text = cellText(column, row)
    if (text !== null) seen.add(text)
  }
  return [...seen].sort()
}

function someRow(nRows: number, holds: (row: number) => boolean): boolean {
  for (let row = 0; row < nRows; row++) if (holds(row)) return true
  return false
}

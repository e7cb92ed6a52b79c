import { MAX_ROWS } from '../kernels/index.ts'
import { AssayError } from '../errors/index.ts'

/** A tree node names its feature in 16 bits. */
const MAX_COLUMNS = 2 ** 16 - 1

/**
 * Numbers in the unit of their source; NaN is missing, ±Infinity is a value. Trees compare them as float32. Dates are numbers:
 * days since 1970-01-01 UTC, with fractions for times (see `daysOfIsoDate`).
 */
export type NumberColumn = { kind: 'number'; name: string; values: Float64Array; format?: 'date' }

/** Categories as codes into `levels`; -1 is missing. */
export type CategoryColumn = { kind: 'category'; name: string; codes: Int32Array; levels: string[] }

export type Column = NumberColumn | CategoryColumn

/** Feature columns of equal length, without the target. */
export type Table = { nRows: number; columns: Column[] }

/** Called with the amount done and the amount in all, on the caller's thread. */
export type Progress = (done: number, total: number) => void

/** The table of these rows, in this order; a row may come more than once. Levels are shared, not copied. O(rows x columns). */
export function takeRows(table: Table, rows: Int32Array): Table {
  return { nRows: rows.length, columns: table.columns.map((column) => takeColumn(column, rows)) }
}

function takeColumn(column: Column, rows: Int32Array): Column {
  if (column.kind === 'number') {
    const values = new Float64Array(rows.length)
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]]
    return { ...column, values }
  }
  const codes = new Int32Array(rows.length)
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]]
  return { ...column, codes }
}

/** How many values the column holds. */
export function columnLength(column: Column): number {
  return column.kind === 'number' ? column.values.length : column.codes.length
}

/**
 * Checks a table's shape: names once each, columns as long as the table, codes within their levels.
 * @throws TABLE_COLUMN_REPEATED, TABLE_LENGTHS_DIFFER, TABLE_CODE_INVALID
 */
export function checkTable(table: Table): void {
  const names = new Set<string>()
  for (const column of table.columns) {
    const { name } = column
    if (names.has(name)) throw new AssayError('TABLE_COLUMN_REPEATED', { column: name })
    names.add(name)
    const given = columnLength(column)
    if (given !== table.nRows) throw new AssayError('TABLE_LENGTHS_DIFFER', { column: name, given, nRows: table.nRows })
    if (column.kind === 'category') checkCodes(column)
  }
}

function checkCodes({ name, codes, levels }: CategoryColumn): void {
  const nLevels = levels.length
  const row = firstOutside(codes, nLevels)
  if (row >= 0) throw new AssayError('TABLE_CODE_INVALID', { column: name, row, given: codes[row], nLevels })
}

/** The first row whose code is neither a level nor -1; -1 if there is none. */
function firstOutside(codes: Int32Array, nLevels: number): number {
  for (let row = 0; row < codes.length; row++) if (codes[row] < -1 || codes[row] >= nLevels) return row
  return -1
}

/**
 * Checks what anything can be learned from: a well-formed table with features and rows.
 * @throws as `checkTable`, and TABLE_NO_FEATURES, TABLE_NO_ROWS, TABLE_TOO_LARGE
 * @param maxRows the most rows that the algorithm can take
 */
export function checkTrainingTable(table: Table, maxRows: number): void {
  if (table.columns.length === 0) throw new AssayError('TABLE_NO_FEATURES', {})
  if (table.nRows === 0) throw new AssayError('TABLE_NO_ROWS', {})
  const nColumns = table.columns.length
  if (table.nRows > maxRows || nColumns > MAX_COLUMNS) {
    const limit = `${maxRows} rows and ${MAX_COLUMNS} columns`
    throw new AssayError('TABLE_TOO_LARGE', { nRows: table.nRows, nColumns, limit })
  }
  checkTable(table)
}

/**
/**
 * Checks what a classifier can learn from: a table as above, and as many labels of both classes.
 * @throws as `checkTrainingTable` and `checkLabels`
 * @param maxRows the most rows that the algorithm can take; those of a forest where it says nothing
 */
export function checkTrainingData(table: Table, y: Uint8Array, maxRows = MAX_ROWS): void {
  checkTrainingTable(table, maxRows)
  checkLabels(y, table.nRows)
}

/**
 * Checks the labels of a classifier: one for each row, of both classes.
 * @throws LABELS_LENGTH_DIFFERS, LABEL_INVALID, LABELS_ONE_CLASS
 */
export function checkLabels(y: Uint8Array, nRows: number): void {
  if (y.length !== nRows) throw new AssayError('LABELS_LENGTH_DIFFERS', { given: y.length, nRows })
  let positives = 0
  for (let row = 0; row < y.length; row++) {
    if (y[row] > 1) throw new AssayError('LABEL_INVALID', { row, given: y[row] })
    positives += y[row]
  }
  if (positives === 0 || positives === y.length)
    throw new AssayError('LABELS_ONE_CLASS', { nRows: y.length, label: y[0] })
}

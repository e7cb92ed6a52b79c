import { AssayError } from '../../errors/index.ts'
import { checkTrainingTable, takeRows, type Column, type Table } from '../table.ts'
import type { BinnedTable } from './binned-table.ts'

/** All rows of a table, which is then binned by itself. */
type TableRows = { table: Table; binned?: undefined; rows?: undefined }

/** Rows of a table that was binned before: these, in this order, a row as often as it is named; all where none are named. */
type BinnedRows = { binned: BinnedTable; rows?: Int32Array; table?: undefined }

/** Rows that trees learn from. */
export type TrainingRows = TableRows | BinnedRows

/** How many rows there are to learn from. */
export function countTrainingRows({ table, binned, rows }: TrainingRows): number {
  return table ? table.nRows : (rows?.length ?? binned.nRows)
}

/** The features of each row, by name and kind. */
export function featuresOf({ table, binned }: TrainingRows): readonly Pick<Column, 'name' | 'kind'>[] {
  return table ? table.columns : binned.preparation
}

/** Of these rows the ones in these places, in this order. */
export function takeTrainingRows({ table, binned, rows }: TrainingRows, places: Int32Array): TrainingRows {
  if (table) return { table: takeRows(table, places) }
  return { binned, rows: rows ? places.map((place) => rows[place]) : places }
}

/**
 * Checks rows to learn from.
 * @param maxBins what the fit was asked for
 * @throws what `checkTrainingTable` throws; of a binned table OPTION_INVALID when it was cut into other bins than the fit wants,
 * TABLE_NO_ROWS, ROW_UNKNOWN
 */
export function checkTrainingRows(
  given: TrainingRows,
  { maxRows, maxBins }: { maxRows: number; maxBins: number },
): void {
  const { table, binned, rows } = given
  if (table) return checkTrainingTable(table, maxRows)
  if (binned.maxBins !== maxBins) {
    const allowed = `${binned.maxBins}, as the table was binned`
    throw new AssayError('OPTION_INVALID', { option: 'maxBins', given: maxBins, allowed })
  }
  const nRows = countTrainingRows(given)
  if (nRows === 0) throw new AssayError('TABLE_NO_ROWS', {})
  if (nRows > maxRows) {
    const limit = `${maxRows} rows`
    throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns: binned.preparation.length, limit })
  }
  rows?.forEach((row, place) => {
    if (row < 0 || row >= binned.nRows) {
      throw new AssayError('ROW_UNKNOWN', { row, place, last: binned.nRows - 1 })
    }
  })
}

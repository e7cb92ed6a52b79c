import { daysOfIsoDate, type Column, type Signature, type Table } from '../learn/index.ts'
import type { InputRow } from './validation.ts'

/**
 * Turns validated rows into the columns that models and bins take: a missing number is NaN, a date its days, a missing category -1, a category
 * the model never saw gets a level of its own behind the known ones.
 */
export function createTableBuilder(signature: Signature): (rows: readonly InputRow[]) => Table {
  const known = signature.columns.map((column) => new Map((column.levels ?? []).map((level, code) => [level, code])))

  function numbers(rows: readonly InputRow[], index: number): Float64Array {
    const values = new Float64Array(rows.length)
    for (let row = 0; row < rows.length; row++) {
      const cell = rows[row][index] ?? NaN
      values[row] = typeof cell === 'string' ? (daysOfIsoDate(cell) ?? NaN) : cell
    }
    return values
  }

  function categories(rows: readonly InputRow[], index: number): { codes: Int32Array; levels: string[] } {
    const levels = signature.columns[index].levels ?? []
    const unseen = new Map<string, number>()
    const codes = new Int32Array(rows.length)
    for (let row = 0; row < rows.length; row++) {
      const cell = rows[row][index] as string | null
      if (cell === null) {
        codes[row] = -1
        continue
      }
      const code = known[index].get(cell) ?? unseen.get(cell) ?? levels.length + unseen.size
      if (code === levels.length + unseen.size) unseen.set(cell, code)
      codes[row] = code
    }
    return { codes, levels: unseen.size === 0 ? levels : [...levels, ...unseen.keys()] }
  }

  return (rows) => ({
    nRows: rows.length,
    columns: signature.columns.map(({ name, kind, format }, index): Column => {
      if (kind === 'category') return { kind, name, ...categories(rows, index) }
      return { kind, name, ...(format ? { format } : {}), values: numbers(rows, index) }
    }),
  })
}

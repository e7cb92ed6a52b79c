import { createRandom } from '../src/learn/index.ts'
import type { CategoryColumn, NumberColumn, Table } from '../src/learn/index.ts'

/** A column of numbers; null is missing. */
export function numbers(name: string, values: Iterable<number | null>): NumberColumn {
  return { kind: 'number', name, values: Float64Array.from(values, (value) => value ?? NaN) }
}

/** A column of categories with the dictionary in order of appearance; null is missing. */
export function categories(name: string, values: Iterable<string | null>): CategoryColumn {
  const rows = [...values]
  const levels = [...new Set(rows)].filter((value) => value !== null)
  const codeOf = new Map<string | null, number>(levels.map((level, code) => [level, code]))
  return { kind: 'category', name, levels, codes: Int32Array.from(rows, (value) => codeOf.get(value) ?? -1) }
}

/** A small set of the usual kind: numbers, whole numbers, categories, missing values, labels that follow from them in part. */
export function mixedTable(nRows: number, seed = 0): { table: Table; y: Uint8Array } {
  const random = createRandom(seed, 99)
  const rows = Array.from({ length: nRows }, () => {
    const amount = Math.round(10_000 * random.unit() ** 3) / 10
    const age = random.below(10) === 0 ? null : 18 + random.below(60)
    const region = random.below(12) === 0 ? null : 'abcdefgh'[random.below(8)]
    const agent = `agent ${random.below(40)}`
    const risk = Math.sin(amount / 90) + ((age ?? 90) % 7) / 5 + (region === 'c' || region === 'f' ? 1.5 : 0)
    return { amount, age, region, agent, label: risk + 1.5 * random.unit() > 2.2 ? 1 : 0 }
  })
  const columns = [
    numbers(
      'amount',
      rows.map((row) => row.amount),
    ),
    numbers(
      'age',
      rows.map((row) => row.age),
    ),
    categories(
      'region',
      rows.map((row) => row.region),
    ),
    categories(
      'agent',
      rows.map((row) => row.agent),
    ),
  ]
  return { table: { nRows, columns }, y: Uint8Array.from(rows, (row) => row.label) }
}

/** One row of a table as an object, with null for a missing value. */
export function rowOf(table: Table, row: number): Record<string, string | number | null> {
  const entries = table.columns.map((column) => {
    if (column.kind === 'number') return [column.name, column.values[row]]
    return [column.name, column.codes[row] < 0 ? null : column.levels[column.codes[row]]]
  })
  return Object.fromEntries(entries)
}

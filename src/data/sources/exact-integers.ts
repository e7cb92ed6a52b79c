import type { DuckDBConnection } from '@duckdb/node-api'
import { identifier } from '../duckdb/open.ts'

const MAX = Number.MAX_SAFE_INTEGER

/** Of the given columns of integers those whose values all fit into a number without loss: at most 2^53 - 1 on either side. */
export async function findExactIntegers(duck: DuckDBConnection, from: string, names: string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  const fits = names.map((name) => {
    const column = identifier(name)
    return `coalesce(min(${column}) >= -${MAX} and max(${column}) <= ${MAX}, true)`
  })
  const [answers] = (await duck.runAndReadAll(`select ${fits.join(', ')} from ${from}`)).getRowsJS()
  return new Set(names.filter((_, i) => answers[i]))
}

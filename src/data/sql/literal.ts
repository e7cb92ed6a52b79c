import { identifier, quote } from '../duckdb/open.ts'

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${quote(text)}'`

/**
 * Is the text one of these? A list that is looked through: DuckDB makes a join of `in (…)`, which costs memory for each and does not
 * keep the order of rows.
 */
export const isOneOf = (text: string, texts: readonly string[]): string =>
  `list_contains([${texts.map(literal).join(', ')}]::varchar[], ${text})`

/** A file as a table, with the number of each row in `§row`: its place in the file unless another expression says it. */
export const parquet = (path: string, columns: string[], row = 'file_row_number'): string =>
  `(select ${[`${row} as "§row"`, ...columns].join(', ')} from read_parquet(${literal(path)}, file_row_number = true))`

/** A number as the shortest text that people write: whole numbers without a point. */
export const numberText = (value: string): string =>
  `case when ${value} = trunc(${value}) and abs(${value}) < 1e15 then (${value})::bigint::varchar else (${value})::varchar end`

export { identifier }

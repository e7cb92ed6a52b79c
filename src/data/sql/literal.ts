import { identifier, quote } from '../duckdb/open.ts'

/** A text as an SQL literal. */
export const literal = (text: string): string => `'${quote(text)}'`

/** Texts as a list for `in (…)`. */
export const literals = (texts: readonly string[]): string => texts.map(literal).join(', ')

/** A file as a table, with the number of each row in `§row`. */
export const parquet = (path: string, columns: string[]): string =>
  `(select ${['file_row_number as "§row"', ...columns].join(', ')} from read_parquet(${literal(path)}, file_row_number = true))`

/** A number as the shortest text that people write: whole numbers without a point. */
export const numberText = (value: string): string =>
  `case when ${value} = trunc(${value}) and abs(${value}) < 1e15 then (${value})::bigint::varchar else (${value})::varchar end`

export { identifier }

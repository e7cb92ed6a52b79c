import type { FieldDef } from 'pg'
import { identifier } from '../../duckdb/open.ts'
import type { LandedType } from '../../landed.ts'

/** Types by the numbers that PostgreSQL has for its own; what is not here lands as the text that PostgreSQL writes. */
const types: Record<number, LandedType> = {
  16: 'boolean', // bool
  20: 'integer', // int8
  21: 'integer', // int2
  23: 'integer', // int4
  700: 'number', // float4
  701: 'number', // float8
  1082: 'date', // date
  1114: 'timestamp', // timestamp
  1184: 'timestamp', // timestamptz, written in UTC
  1700: 'number', // numeric
}

/** The type of the one kind of integers that a number may not hold. */
export const INT8 = 20

export const landedTypeOf = ({ dataTypeID }: FieldDef): LandedType => types[dataTypeID] ?? 'text'

/** PostgreSQL's text of a value as what it lands as. A number that is not one is missing. */
export function castOf(column: string, type: LandedType): string {
  const cell = identifier(column)
  if (type === 'number') return `cast(nullif(${cell}, 'NaN') as double)`
  if (type === 'integer') return `cast(${cell} as bigint)`
  return type === 'text' ? cell : `cast(${cell} as ${type})`
}

import type { ContractColumn } from '../contract/contract.ts'
import { booleanSql, dateSql, numberSql, timestampSql } from '../contract/value-formats.ts'
import type { LandedType } from '../landed.ts'
import { isOneOf, numberText } from '../sql/literal.ts'

/** Beyond it a double does not hold every whole number. */
const MAX_EXACT = 2 ** 53

/** The landed value with what means missing taken for missing; texts are trimmed. */
export function presentSql(raw: string, type: LandedType, missing: readonly string[] = []): string {
  const texts = ['', ...missing.map((text) => text.trim().toLowerCase())]
  if (type === 'text') {
    if (missing.length === 0) return `nullif(trim(${raw}), '')`
    return `case when ${isOneOf(`lower(trim(${raw}))`, texts)} then null else trim(${raw}) end`
  }
  const value = type === 'number' ? `case when not isnan(${raw}::double) then ${raw}::double end` : raw
  if (missing.length === 0) return value
  return `case when ${isOneOf(`lower(${textSql(raw, type)})`, texts)} then null else ${value} end`
}

/** A present landed value as text, as it is compared with allowed values and shown. */
export function textSql(present: string, type: LandedType): string {
  if (type === 'text') return present
  return type === 'number' ? numberText(present) : `(${present})::varchar`
}

/** A present landed value in the type of the contract; null where it is none. Numbers are finite, whole numbers exact. */
export function typedSql(
  present: string,
  landed: LandedType,
  { type, format }: Pick<ContractColumn, 'type' | 'format'>,
): string {
  switch (type) {
    case 'number':
      return numeric(present, landed, format)
    case 'integer':
      return wholeSql(numeric(present, landed, format))
    case 'boolean':
      if (landed === 'boolean') return present
      return landed === 'text' || landed === 'integer' || landed === 'number'
        ? booleanSql(textSql(present, landed))
        : 'null::boolean'
    case 'date':
    case 'timestamp':
      return time(present, landed, { type, format })
    case 'string':
    case 'category':
      return textSql(present, landed)
  }
}

const wholeSql = (number: string) =>
  `case when (${number}) = trunc(${number}) and abs(${number}) <= ${MAX_EXACT} then (${number})::bigint end`

function numeric(present: string, landed: LandedType, format: string | undefined): string {
  if (landed === 'text') return numberSql(present, format)
  if (landed === 'boolean') return `(${present})::int::double`
  if (landed === 'number' || landed === 'integer')
    return `case when isfinite((${present})::double) then (${present})::double end`
  return 'null::double'
}

function time(
  present: string,
  landed: LandedType,
  { type, format }: { type: 'date' | 'timestamp'; format?: string },
): string {
  const parsed =
    landed === 'text'
      ? type === 'date'
        ? dateSql(present, format)
        : timestampSql(present, format)
      : landed === 'date' || landed === 'timestamp'
        ? `(${present})::${type}`
        : `null::${type}`
  return `case when isfinite(${parsed}) then ${parsed} end`
}

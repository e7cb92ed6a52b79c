/**
 * How numbers and dates may be written in a column of texts, and the DuckDB SQL that reads them. A number format is written as the
 * number 1234.56 would be, with ¤ where currency signs or codes may stand and % at the end for shares in per cent:
 * `1234.56` (the default), `1,234.56`, `1.234,56`, `1 234,56`, `1'234.56`, `1234,56`, `¤1,234.56`, `1234.56 %`.
 * A date format is a strftime pattern, such as `%d.%m.%Y` or `%m/%d/%Y %H:%M`.
 */
const CORES = {
  '1234.56': { thousands: '', decimal: '.' },
  '1234,56': { thousands: '', decimal: ',' },
  '1,234.56': { thousands: ',', decimal: '.' },
  '1.234,56': { thousands: '.', decimal: ',' },
  '1 234,56': { thousands: ' ', decimal: ',' },
  '1 234.56': { thousands: ' ', decimal: '.' },
  "1'234.56": { thousands: "'", decimal: '.' },
} as const

export type NumberFormat = { thousands: string; decimal: string; isCurrency: boolean; isPercent: boolean }

export const numberFormats = Object.keys(CORES)

/** The parts of a written number format; undefined when it is none. */
export function readNumberFormat(format: string): NumberFormat | undefined {
  const [, currency, core, percent] = /^(¤?)(.+?)( ?%)?$/.exec(format) ?? []
  if (!Object.hasOwn(CORES, core ?? '')) return undefined
  return { ...CORES[core as keyof typeof CORES], isCurrency: currency !== '', isPercent: percent !== undefined }
}

/** A strftime pattern that names at least a year, in directives that both DuckDB and people know. */
export function isDateFormat(format: string): boolean {
  const directives = format.match(/%-?[a-zA-Z%]/g) ?? []
  return (
    directives.some((directive) => /^%-?[Yy]$/.test(directive)) &&
    directives.every((directive) => /^%-?[YymdbBaAHIMSfpjzZ%]$/.test(directive)) &&
    !/%(?!-?[a-zA-Z%])/.test(format)
  )
}

const CURRENCY = String.raw`[$€£¥]|\b[A-Z]{3}\b`

/** DuckDB SQL: the text as double, null where it is not a finite number written so. */
export function numberSql(text: string, format = '1234.56'): string {
  const { thousands, decimal, isCurrency, isPercent } = readNumberFormat(format)!
  if (thousands === '' && decimal === '.' && !isCurrency && !isPercent) return plainNumberSql(text)
  let cleaned = text
  // Accountants write what is below zero in brackets.
  if (isCurrency)
    cleaned = `regexp_replace(trim(regexp_replace(${cleaned}, '${CURRENCY}', '', 'g')), '^\\((.*)\\)$', '-\\1')`
  if (isPercent) cleaned = `rtrim(rtrim(${cleaned}, '%'))`
  const shape = shapeOf(thousands, decimal)
  let plain = thousands === '' ? cleaned : `replace(${cleaned}, '${thousands.replace("'", "''")}', '')`
  if (decimal === ',') plain = `replace(${plain}, ',', '.')`
  const number = `case when regexp_full_match(${cleaned}, '${shape}') then ${plainNumberSql(plain)} end`
  return isPercent ? `(${number}) / 100` : number
}

/** Underscores between digits are DuckDB's own; nobody's data means them. */
const plainNumberSql = (text: string) =>
  `case when isfinite(try_cast(${text} as double)) and not contains(${text}, '_') then try_cast(${text} as double) end`

function shapeOf(thousands: string, decimal: string): string {
  const separator = thousands === '.' ? '\\.' : thousands === "'" ? "''" : thousands
  const whole = thousands === '' ? '\\d+' : `(\\d{1,3}(${separator}\\d{3})+|\\d+)`
  const point = decimal === '.' ? '\\.' : ','
  return `[+-]? ?(${whole}(${point}\\d*)?|${point}\\d+)([eE][+-]?\\d+)?`
}

/** DuckDB SQL: the text as date, null where it is none. */
export function dateSql(text: string, format?: string): string {
  if (format !== undefined) return `try_strptime(${text}, '${format.replaceAll("'", "''")}')::date`
  return `case when regexp_matches(${text}, '^\\d{4}-') then try_cast(${text} as date) end`
}

/** DuckDB SQL: the text as timestamp in UTC (the session's time zone), null where it is none. */
export function timestampSql(text: string, format?: string): string {
  if (format !== undefined) return `try_strptime(${text}, '${format.replaceAll("'", "''")}')`
  return `case when regexp_matches(${text}, '^\\d{4}-') then try_cast(${text} as timestamptz) at time zone 'UTC' end`
}

/** DuckDB SQL: the text as boolean, null where it is none. */
export const booleanSql = (text: string): string =>
  `case lower(${text}) when 'true' then true when 't' then true when 'yes' then true when 'y' then true when '1' then true
     when 'false' then false when 'f' then false when 'no' then false when 'n' then false when '0' then false end`

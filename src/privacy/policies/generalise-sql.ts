/**
 * Three-digit ZIP areas of 20,000 people or fewer, to be written 000. Source: US Department of Health and Human Services, guidance
 * on de-identification (2012), list by the census of 2000; the rule asks for the current census.
 */
export const smallZipAreas = '036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893'.split(' ')

const TOP_AGE = 90
const BAND_YEARS = 10

/** Bands of ten years, `0-9` to `80-89`, and `90+`; null for what is no age. */
export function ageBandSql(column: string): string {
  const age = `floor(try_cast(${column} as double))`
  const from = `(${age} - ${age} % ${BAND_YEARS})::integer`
  return `case when ${age} >= ${TOP_AGE} then '${TOP_AGE}+' when ${age} >= 0 then ${from} || '-' || (${from} + ${BAND_YEARS - 1}) end`
}

/** The year of a date or timestamp. */
export const yearSql = (column: string) => `year(${column})::integer`

/** The year of birth, not before the one that tells of an age of 90 or more at `asOfYear`. */
export const birthYearSql = (column: string, asOfYear: number) =>
  `case when ${column} is not null then greatest(${yearSql(column)}, ${asOfYear - TOP_AGE}) end::integer`

/**
 * The first three digits of a ZIP code (leading zeros that a number lost are put back), 000 for small areas; of another country's
 * postcode the first three letters or digits.
 */
export function postcodeAreaSql(column: string): string {
  const text = `regexp_replace(upper(${column}::varchar), '[^A-Z0-9]', '', 'g')`
  const padded = `case when regexp_full_match(${text}, '[0-9]{3,5}') then lpad(${text}, 5, '0') else ${text} end`
  const area = `left(${padded}, 3)`
  const small = smallZipAreas.map((zip) => `'${zip}'`).join(', ')
  return `case when ${area} in (${small}) then '000' else ${area} end`
}

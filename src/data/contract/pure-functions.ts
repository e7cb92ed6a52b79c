/**
 * The functions that a contract's rules may call: of one row, without files, settings, clock or chance, and with results no larger
 * than what goes in.
 */
export const pureFunctions: ReadonlySet<string> = new Set(
  [
    // operators
    '+ - * / // % || ~~ !~~ ~~* !~~* like_escape not_like_escape',
    // numbers
    'abs ceil ceiling floor round trunc sign sqrt cbrt ln log log10 log2 exp pow power mod greatest least nullif isnan isfinite isinf',
    // texts
    'lower lcase upper ucase trim ltrim rtrim length len strlen substring substr left right starts_with prefix suffix ends_with contains strpos position instr concat replace reverse split_part regexp_matches regexp_full_match regexp_extract',
    // dates
    'date_diff datediff date_sub datesub date_part datepart date_trunc datetrunc date_add year quarter month week day dayofweek isodow dayofyear hour minute second to_days to_weeks to_months to_years to_hours to_minutes to_seconds make_date last_day',
  ].flatMap((names) => names.split(' ')),
)

export const N_MONTHS = 12
export const N_WEEKDAYS = 7
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** Month 0..11 of a number of days since 1970-01-01 UTC. Source: H. Hinnant, "chrono-compatible low-level date algorithms". */
export function monthOfDays(days: number): number {
  // Counted from 0000-03-01, an era of 400 years has 146,097 days and a year ends with February.
  const sinceMarch = Math.floor(days) + 719_468
  const dayOfEra = sinceMarch - Math.floor(sinceMarch / 146_097) * 146_097
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const year = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  return (Math.floor((5 * dayOfYear + 2) / 153) + 2) % 12
}

/** Weekday of a number of days since 1970-01-01 UTC, which was a Thursday; 0 is Monday. */
export function weekdayOfDays(days: number): number {
  return (((Math.floor(days) + 3) % 7) + 7) % 7
}

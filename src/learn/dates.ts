const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d)?)?)?$/

/**
 * Days from 1970-01-01 00:00 UTC to an ISO 8601 date (`2024-05-31`) or date and time (`2024-05-31T13:45:00.5+02:00`), with the
 * fraction of the day. Date and time may have a space between them; without an offset they are UTC; what is finer than a
 * millisecond is cut off. It is the one conversion of dates in learning and serving, so a date means the same number in both.
 * @returns undefined for anything else, e.g. a day that does not exist (2023-02-29), another order or a month's name
 * @example daysOfIsoDate('1970-01-02T12:00Z') // 1.5
 */
export function daysOfIsoDate(text: string): number | undefined {
  const match = ISO.exec(text)
  if (!match) return undefined
  const [year, month, day, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0))
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const midnight = new Date(0)
  // Unlike Date.UTC, this takes the years 0 to 99 for what they are.
  midnight.setUTCFullYear(year, month - 1, day)
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined
  const offsetMinutes = minutesOfOffset(match[8] ?? 'Z')
  if (offsetMinutes === undefined) return undefined
  const milliseconds = Math.floor(Number(`0.${match[7] ?? 0}`) * 1000)
  const timeMs = ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
  return (midnight.getTime() + timeMs - offsetMinutes * MINUTE_MS) / DAY_MS
}

/**
 * The ISO date of a number of days since 1970-01-01 UTC: `2024-05-31` for a whole number, else with the time to the
 * millisecond and a Z. `daysOfIsoDate` turns it back, exactly, where the number is one of milliseconds.
 * @param days finite, within the years 0 to 9999
 */
export function isoDateOfDays(days: number): string {
  const text = new Date(Math.round(days * DAY_MS)).toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}

function minutesOfOffset(offset: string): number | undefined {
  if (offset === 'Z') return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || 0)
  if (hours > 23 || minutes > 59) return undefined
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

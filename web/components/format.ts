/** Numbers and times in words. Each result carries its unit; what is unknown is an en dash. */

export const unknown = '–'

const locale = 'en-GB'
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const short = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

type Maybe = number | null | undefined

const isKnown = (value: Maybe): value is number => typeof value === 'number' && Number.isFinite(value)

/** 1234567 -> 1,234,567 */
export const formatCount = (value: Maybe) => (isKnown(value) ? whole.format(value) : unknown)

/** 1 row, 2 rows; for nouns that take an s. */
export const formatCountOf = (n: number, noun: string) => `${formatCount(n)} ${noun}${n === 1 ? '' : 's'}`

/** Three significant digits, more before the point: 0.0123, 12.3, 1,230. */
export const formatNumber = (value: Maybe) =>
  !isKnown(value) ? unknown : (Math.abs(value) >= 1000 ? whole : short).format(value).replace('-', '−')

/** A metric or a score in [0, 1] at three decimals, so that columns line up. */
export const formatScore = (value: Maybe) => (isKnown(value) ? value.toFixed(3) : unknown)

/** A difference, always signed; the minus is the typographic one. */
export function formatDifference(value: Maybe): string {
  if (!isKnown(value)) return unknown
  const digits = Math.abs(value).toFixed(3)
  return Number(digits) === 0 ? '±0.000' : `${value > 0 ? '+' : '−'}${digits}`
}

/** 0.1234 -> 12.3 % */
export const formatShare = (value: Maybe, decimals = 1) =>
  isKnown(value) ? `${(value * 100).toFixed(decimals)} %` : unknown

export const formatDollars = (value: Maybe) => (isKnown(value) ? dollars.format(value) : unknown)

/** A probability of a test: below 0.001 only that is said. */
export const formatPValue = (value: Maybe) => (!isKnown(value) ? unknown : value < 0.001 ? '< 0.001' : value.toFixed(3))

/** 0.42 ms, 12 ms, 3.4 s, 2 min 5 s, 3 h 12 min, 4 d 2 h */
export function formatDuration(ms: Maybe): string {
  if (!isKnown(ms)) return unknown
  if (ms < 10) return `${short.format(ms)} ms`
  if (ms < 1_000) return `${Math.round(ms)} ms`
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`
  const seconds = Math.round(ms / 1_000)
  if (seconds < 3_600) return pair(Math.floor(seconds / 60), 'min', seconds % 60, 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 1_440) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'min')
  const hours = Math.round(minutes / 60)
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

const pair = (major: number, majorUnit: string, minor: number, minorUnit: string) =>
  minor === 0 ? `${major} ${majorUnit}` : `${major} ${majorUnit} ${minor} ${minorUnit}`

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB']

/** Decimal units: 1,500,000 -> 1.5 MB */
export function formatBytes(bytes: Maybe): string {
  if (!isKnown(bytes)) return unknown
  const power = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), byteUnits.length - 1)
  return `${short.format(bytes / 1_000 ** power)} ${byteUnits[power]}`
}

/** "just now", "12 s ago", "3 min ago", "2 h ago", "5 d ago"; a moment to come is "in 3 min". */
export function formatAgo(at: string, nowMs: number): string {
  const ms = nowMs - Date.parse(at)
  if (!Number.isFinite(ms)) return unknown
  const distance = Math.abs(ms)
  if (distance < 5_000) return 'just now'
  const text = largestUnit(distance)
  return ms < 0 ? `in ${text}` : `${text} ago`
}

function largestUnit(ms: number): string {
  const seconds = Math.floor(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h`
  return `${Math.floor(seconds / 86_400)} d`
}

const absolute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' })
const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** Local date and time, e.g. 1 Mar 2026, 10:00:00 */
export const formatTime = (at: string) => absolute.format(new Date(at))
/** Local day and minute without the year, for axes. */
export const formatDay = (atMs: number) => day.format(atMs)
/** Local time of day, for logs and live tables. */
export const formatClock = (at: string) => clock.format(new Date(at))

/** First characters of a digest or commit, enough to tell it apart on a page. */
export const shortId = (id: string, length = 8) => id.slice(0, length)

/** snake_case and camelCase names in words: billed_amount -> billed amount. */
export const formatName = (name: string) =>
  name
    .replaceAll('_', ' ')
    .replaceAll('.', ' · ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()

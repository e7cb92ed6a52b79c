import { createHash, randomUUID } from 'node:crypto'
import { AssayError } from '../errors/index.ts'

/** Longest key of a param, metric or tag, and longest value of a param or tag, in characters, as in MLflow. */
export const MAX_KEY_LENGTH = 250
export const MAX_VALUE_LENGTH = 6000

/** A new run id: 32 hexadecimal digits. */
export function newRunId(): string {
  return randomUUID().replaceAll('-', '')
}

/** The run id that belongs to these names, e.g. a pipeline run and its step: the same names give the same 32 hex digits. */
export function deriveRunId(...names: string[]): string {
  return createHash('sha256').update(JSON.stringify(names)).digest('hex').slice(0, 32)
}

/** @throws TRACKING_INVALID unless the id is 32 hexadecimal digits in lower case. */
export function checkRunId(id: string): void {
  if (!/^[0-9a-f]{32}$/.test(id))
    throw new AssayError('TRACKING_INVALID', { what: 'run id', given: id, wanted: '32 hexadecimal digits' })
}

/** @throws TRACKING_INVALID when a key is empty or too long. */
export function checkKeys(what: string, keys: Iterable<string>): void {
  for (const key of keys)
    if (key.length === 0 || key.length > MAX_KEY_LENGTH)
      throw new AssayError('TRACKING_INVALID', {
        what: `${what} key`,
        given: `${key.slice(0, 40)} (${key.length} characters)`,
        wanted: `1 to ${MAX_KEY_LENGTH} characters`,
      })
}

/** @throws TRACKING_INVALID when the value of a param or tag is too long. */
export function checkValues(what: string, entries: Record<string, string>): void {
  for (const [key, value] of Object.entries(entries))
    if (value.length > MAX_VALUE_LENGTH)
      throw new AssayError('TRACKING_INVALID', {
        what: `value of ${what} ${key}`,
        given: `${value.length} characters`,
        wanted: `at most ${MAX_VALUE_LENGTH}`,
      })
}

/** A metric as MLflow keeps it: NaN stays NaN, an infinity becomes the largest finite double of its sign. */
export function storedMetric(value: number): number {
  if (value === Infinity) return Number.MAX_VALUE
  if (value === -Infinity) return -Number.MAX_VALUE
  return value
}

/** A metric as JSON shows it: MLflow writes NaN as the string "NaN", which JSON has no number for. */
export function shownMetric(value: number): number | 'NaN' {
  return Number.isNaN(value) ? 'NaN' : value
}

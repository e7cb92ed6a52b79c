import { AssayError } from '../errors/index.ts'
import type { Input } from './inputs.ts'

export type SubjectFlags = { subject?: string; subjectColumn?: string }
/** Whom inputs are about, as `POST /predict/:model` takes it. */
export type NamedSubjects = { subject?: string; subjects?: (string | null)[] }

/**
 * Whom inputs are about: one person for all, or the one that a column or key of each input names; null where it is missing or empty.
 * @throws USAGE_INVALID for both flags, an empty subject, and a value that is neither a text nor a whole number (its text would be another person's)
 * @throws COLUMN_UNKNOWN when no input has the column
 */
export function namedSubjects({ subject, subjectColumn }: SubjectFlags, inputs: Input[]): NamedSubjects {
  if (subject !== undefined && subjectColumn !== undefined)
    throw new AssayError('USAGE_INVALID', { what: 'predict takes either --subject or --subject-column, not both' })
  if (subject === '') throw new AssayError('USAGE_INVALID', { what: '--subject is empty; wanted an id of a person' })
  if (subject !== undefined) return { subject }
  if (subjectColumn === undefined) return {}
  if (!inputs.some((input) => Object.hasOwn(input, subjectColumn))) {
    const columns = [...new Set(inputs.flatMap((input) => Object.keys(input)))]
    throw new AssayError('COLUMN_UNKNOWN', { column: subjectColumn, columns: columns.join(', ') })
  }
  return { subjects: inputs.map((input, at) => subjectOf(input[subjectColumn], subjectColumn, at)) }
}

function subjectOf(value: unknown, column: string, at: number): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string') return value
  if (Number.isSafeInteger(value)) return String(value)
  const given =
    typeof value === 'number' ? 'a number that is not whole, or too large to be exact' : 'neither a text nor a number'
  throw new AssayError('USAGE_INVALID', {
    what: `--subject-column ${column}: input ${at + 1} has ${given}; wanted a text or a whole number`,
  })
}

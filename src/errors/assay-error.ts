import type { ErrorCode, ErrorDetails } from './code.ts'
import type { ErrorKind } from './kind.ts'
import { errorRegistry } from './registry.ts'

/** An expected failure with a stable code. What is not an `AssayError` is a bug and leaves the process as `INTERNAL`. */
export class AssayError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AssayError'
  readonly code: Code
  readonly kind: ErrorKind
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: Code, details: ErrorDetails<Code>, options?: { cause?: unknown }) {
    super(fill(errorRegistry[code].text, details), options)
    this.code = code
    this.kind = errorRegistry[code].kind
    this.details = details
  }

  /** The message without the `{value}` that stood in the data: what a database or a log may keep. */
  get messageToKeep(): string {
    if (!('value' in this.details)) return this.message
    return fill(errorRegistry[this.code].text, { ...this.details, value: 'a value that is not kept' })
  }
}

function fill(text: string, details: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name]))
}

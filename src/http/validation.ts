import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { AssayError } from '../errors/index.ts'
import { faultsOf, faultText, type Fault } from './faults.ts'

/** INPUT_INVALID with its faults one by one, for the answer. */
export class InputError extends AssayError<'INPUT_INVALID'> {
  readonly faults: Fault[]
  constructor(faults: Fault[]) {
    super('INPUT_INVALID', { faults: faultText(faults) })
    this.faults = faults
  }
}

const PART_NAMES: Record<string, string> = { querystring: 'query', params: 'params', headers: 'headers', body: 'body' }

/**
 * Validates the parts of a request by their TypeBox schemas. Query, path and headers are texts and are converted to the
 * schema's types; a body is JSON and is taken as it is: `"5"` is no number. Unknown fields are left to the schema
 * (`additionalProperties: false` refuses them; nothing is dropped silently).
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  const part = PART_NAMES[httpPart ?? 'body']
  return (given: unknown) => {
    const value = validator.Default(part === 'body' ? given : readTexts(schema, given))
    if (validator.Check(value)) return { value }
    return { error: new InputError(faultsOf(part, value, validator.Errors(value))) }
  }
}

/** Reads numbers and booleans from the texts of a query or path, where the schema wants them; what does not read stays. */
function readTexts(schema: TSchema, given: unknown): unknown {
  const properties = (schema as { properties?: Record<string, { type?: string }> }).properties ?? {}
  const entries = Object.entries((given ?? {}) as Record<string, unknown>)
  return Object.fromEntries(entries.map(([name, value]) => [name, readText(properties[name]?.type, value)]))
}

function readText(type: string | undefined, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (type === 'boolean') return value === 'true' || (value === 'false' ? false : value)
  const isNumber = (type === 'number' || type === 'integer') && value.trim() !== '' && Number.isFinite(Number(value))
  return isNumber ? Number(value) : value
}

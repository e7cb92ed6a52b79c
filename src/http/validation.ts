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
    const value = validator.Default(part === 'body' ? given : validator.Convert(given))
    if (validator.Check(value)) return { value }
    return { error: new InputError(faultsOf(part, value, validator.Errors(value))) }
  }
}

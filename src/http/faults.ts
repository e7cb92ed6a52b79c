import type { TLocalizedValidationError } from 'typebox/error'

/** One thing that is wrong with a request. */
export type Fault = {
  /** where: `body.inputs.0.age`, `query.limit` */
  path: string
  /** what was given there, shortened; absent when nothing was */
  given?: string
  wanted: string
}

const MOST_GIVEN = 80

/**
 * Says what a validator found in the words of the API: where, what was given, what is wanted. Alternatives of a union become
 * one fault. The validator reports the first eight errors.
 * @param part of the request: `body`, `query`, `params`, `headers`
 */
export function faultsOf(part: string, value: unknown, errors: TLocalizedValidationError[]): Fault[] {
  const unions = errors.filter((error) => error.keyword === 'anyOf').map((error) => error.schemaPath)
  return errors
    .filter((error) => !unions.some((union) => error.schemaPath.startsWith(`${union}/anyOf/`)))
    .filter((error) => error.keyword !== 'boolean' || !errors.some((other) => other.keyword === 'additionalProperties'))
    .flatMap((error) => describe(part, value, error, errors))
}

function describe(
  part: string,
  value: unknown,
  error: TLocalizedValidationError,
  all: TLocalizedValidationError[],
): Fault[] {
  const path = part + error.instancePath.replaceAll('/', '.')
  if (error.keyword === 'required') {
    return error.params.requiredProperties.map((name) => ({
      path: `${path}.${name}`,
      wanted: 'a value: it is required',
    }))
  }
  if (error.keyword === 'additionalProperties') {
    return error.params.additionalProperties.map((name) => ({
      path: `${path}.${name}`,
      given: shown(valueAt(value, `${error.instancePath}/${name}`)),
      wanted: 'nothing: there is no such field',
    }))
  }
  return [{ path, given: shown(valueAt(value, error.instancePath)), wanted: wantedOf(error, all) }]
}

function wantedOf(error: TLocalizedValidationError, all: TLocalizedValidationError[]): string {
  switch (error.keyword) {
    case 'anyOf': {
      const options = all
        .filter((other) => other.schemaPath.startsWith(`${error.schemaPath}/anyOf/`))
        .map((other) => (other.keyword === 'const' ? JSON.stringify(other.params.allowedValue) : wantedOf(other, [])))
      return options.length > 0 ? `one of ${[...new Set(options)].join(', ')}` : 'one of the documented forms'
    }
    case 'const':
      return JSON.stringify(error.params.allowedValue)
    case 'enum':
      return `one of ${error.params.allowedValues.map((allowed) => JSON.stringify(allowed)).join(', ')}`
    case 'type':
      return `type ${[error.params.type].flat().join(' or ')}`
    case 'minLength':
      return error.params.limit === 1 ? 'a text that is not empty' : `at least ${error.params.limit} characters`
    default:
      return error.message.replace(/^must be /, '').replace(/^must (not )?/, (_, no) => (no ? 'to not ' : 'to '))
  }
}

function valueAt(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], value)
}

function shown(value: unknown): string | undefined {
  const text = JSON.stringify(value)
  return text && text.length > MOST_GIVEN ? `${text.slice(0, MOST_GIVEN)}…` : text
}

/** Faults in one line, as they stand in a message. */
export function faultText(faults: Fault[]): string {
  return faults
    .map(({ path, given, wanted }) => `${path}: ${given === undefined ? '' : `given ${given}; `}wanted ${wanted}`)
    .join('; ')
}

import { AssayError } from '../errors/index.ts'

/**
 * What one option may be: an integer or any number within a range (ends included), any of some constants, or an object that gives
 * columns by name one of some values.
 */
export type OptionRule = {
  integer?: [from: number, to: number]
  number?: [from: number, to: number]
  constants?: readonly unknown[]
  byColumn?: readonly unknown[]
}

/**
 * Fills in defaults and checks every option against its rule. An option given as undefined counts as not given.
 * @throws OPTION_INVALID for a value that is not allowed, OPTION_UNKNOWN for a name that is not in the table
 */
export function resolveOptions<Options extends Record<string, unknown>>(
  given: Partial<Options>,
  defaults: Options,
  rules: Record<keyof Options & string, OptionRule>,
): Options {
  const resolved: Record<string, unknown> = { ...defaults }
  for (const [option, value] of Object.entries(given)) {
    if (!Object.hasOwn(rules, option)) {
      throw new AssayError('OPTION_UNKNOWN', { option, known: Object.keys(rules).join(', ') })
    }
    if (value === undefined) continue
    checkOption(option, value, rules[option])
    resolved[option] = value
  }
  return resolved as Options
}

/** @throws OPTION_INVALID when the value is not allowed */
export function checkOption(option: string, value: unknown, rule: OptionRule): void {
  if (rule.constants?.includes(value)) return
  if (Number.isInteger(value) && isWithin(value as number, rule.integer)) return
  if (typeof value === 'number' && isWithin(value, rule.number)) return
  if (rule.byColumn && isRecord(value) && Object.values(value).every((one) => rule.byColumn!.includes(one))) return
  const allowed = [
    ...(rule.integer ? [`an integer from ${rule.integer[0]} to ${rule.integer[1]}`] : []),
    ...(rule.number ? [`a number from ${rule.number[0]} to ${rule.number[1]}`] : []),
    ...(rule.constants ?? []).map((constant) => JSON.stringify(constant)),
    ...(rule.byColumn ? [`an object of columns with ${rule.byColumn.join(' or ')} each`] : []),
  ]
  const shown = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
  throw new AssayError('OPTION_INVALID', { option, given: shown, allowed: allowed.join(' or ') })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isWithin(value: number, range: [from: number, to: number] | undefined): boolean {
  return range !== undefined && value >= range[0] && value <= range[1]
}

/** Seeds of everything random: 32 bits. */
export const seedRule: OptionRule = { integer: [0, 2 ** 32 - 1] }

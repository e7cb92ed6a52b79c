import { AssayError } from '../errors/index.ts'

/** What one option may be: an integer range, or any of some constants. */
export type OptionRule = { integer?: [from: number, to: number]; constants?: readonly unknown[] }

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
  const [from, to] = rule.integer ?? [0, -1]
  if (Number.isInteger(value) && (value as number) >= from && (value as number) <= to) return
  const allowed = [
    ...(rule.integer ? [`an integer from ${from} to ${to}`] : []),
    ...(rule.constants ?? []).map((constant) => JSON.stringify(constant)),
  ]
  const shown = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
  throw new AssayError('OPTION_INVALID', { option, given: shown, allowed: allowed.join(' or ') })
}

/** Seeds of everything random: 32 bits. */
export const seedRule: OptionRule = { integer: [0, 2 ** 32 - 1] }

import { AssayError } from '../../errors/index.ts'
import type { OptionRule } from '../options.ts'
import type { Column } from '../table.ts'

/** Which way scores may go as a column rises. */
export type Direction = 'increasing' | 'decreasing'

/** The direction of each column that has one, by the column's name. */
export type Monotone = Readonly<Record<string, Direction>>

/** Names are checked against a table when there is one, see `directionsOf`. */
export const monotoneRule: OptionRule = { byColumn: ['increasing', 'decreasing'] }

/** Options with the monotone columns in the order of their names, and without the option where there are none. */
export function withOrderedMonotone<Options extends { monotone?: Monotone }>(options: Options): Options {
  const { monotone, ...others } = options
  const entries = Object.entries(monotone ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return (entries.length ? { ...others, monotone: Object.fromEntries(entries) } : others) as Options
}

/**
 * For each column 1 where scores may not fall as it rises, 255 (-1 in a signed byte) where they may not rise, else 0; undefined
 * where no column is monotone.
 * @throws OPTION_INVALID for a column that is not in the table, and for a category, whose levels have no order
 */
export function directionsOf(
  columns: readonly Pick<Column, 'name' | 'kind'>[],
  monotone: Monotone | undefined,
): Uint8Array | undefined {
  if (!monotone) return undefined
  for (const [name, direction] of Object.entries(monotone)) {
    const column = columns.find((column) => column.name === name)
    if (column?.kind === 'number') continue
    const what = column ? 'the category' : 'the unknown column'
    const numbers = columns.filter(({ kind }) => kind === 'number').map((number) => number.name)
    throw new AssayError('OPTION_INVALID', {
      option: 'monotone',
      given: `${direction} for ${what} ${name}`,
      allowed: `columns of numbers, here ${numbers.join(', ') || 'none'}`,
    })
  }
  const bytes = { increasing: 1, decreasing: 255 }
  return Uint8Array.from(columns, ({ name }) => (Object.hasOwn(monotone, name) ? bytes[monotone[name]] : 0))
}

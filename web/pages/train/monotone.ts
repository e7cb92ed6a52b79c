import type { ContractColumn } from '../../api/data-types.ts'
import type { TrainingForm } from './training-request.ts'

/** Which way the score may go as a number rises, by column. */
export type Monotone = Record<string, Direction>
export type Direction = 'increasing' | 'decreasing'

const numberTypes: ContractColumn['type'][] = ['number', 'integer', 'date', 'timestamp']

type Roles = Pick<TrainingForm, 'target' | 'time' | 'drop'>

/** The numbers (dates among them) that a model learns from with the roles of the form: those that can have a direction. */
export const numericFeatures = (columns: ContractColumn[], { target, time, drop }: Roles): string[] =>
  columns
    .filter(({ role }) => role === 'feature' || (role === 'time' && time !== ''))
    .filter(({ type, policy = 'keep' }) => numberTypes.includes(type) && policy === 'keep')
    .map(({ name }) => name)
    .filter((name) => name !== target && name !== time && !drop.includes(name))

export const columnsGoing = (monotone: Monotone, direction: Direction): string[] =>
  Object.keys(monotone).filter((name) => monotone[name] === direction)

/** The columns named go that way, no others do; those that go the other way stay, unless they are named here. */
export function withColumnsGoing(monotone: Monotone, direction: Direction, names: string[]): Monotone {
  const others = Object.entries(monotone).filter(([name, given]) => given !== direction && !names.includes(name))
  return Object.fromEntries([...others, ...names.map((name) => [name, direction] as const)])
}

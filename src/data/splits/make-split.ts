import { AssayError } from '../../errors/index.ts'
import { stratifiedKFold } from '../../learn/index.ts'
import { cellText, type DataColumns } from '../columns.ts'
import type { Contract, ContractColumn } from '../contract/contract.ts'
import { holdOutMask } from '../learning-set.ts'
import type { SplitMethod } from './split-method.ts'

export type Split = {
  /** part of each row, in the order of the version's rows: the fold, or 0 for training and 1 for the test */
  parts: Uint8Array
  /** rows in each part */
  counts: number[]
}

export type SplitInput = {
  name: string
  data: DataColumns
  contract: Contract
  method: SplitMethod
  /** of `hash`: the key of the hold-out */
  key?: string
  /** of `given`: the fold of each row of the source */
  foldOfRow?: ReadonlyMap<number, number>
}

/** Divides a version's rows by a method. @throws SPLIT_INVALID saying what the method lacks */
export function makeSplit(input: SplitInput): Split {
  const parts = partsOf(input)
  const counts: number[] = []
  for (const part of parts) counts[part] = (counts[part] ?? 0) + 1
  const nParts = 'nFolds' in input.method ? input.method.nFolds : counts.length
  return { parts, counts: Array.from({ length: nParts }, (_, part) => counts[part] ?? 0) }
}

function partsOf({ name, data, contract, method, key, foldOfRow }: SplitInput): Uint8Array {
  const refuse = (reason: string): never => {
    throw new AssayError('SPLIT_INVALID', { name, reason })
  }
  const columnWith = (role: ContractColumn['role']) => {
    const rule = contract.columns.find((column) => column.role === role)
    const column = data.columns.find((candidate) => candidate.name === rule?.name)
    return rule && column ? { rule, column } : refuse(`it needs a column with the role ${role}`)
  }
  switch (method.kind) {
    case 'hash': {
      const hasId = contract.columns.some((column) => column.role === 'id')
      const id = hasId ? columnWith('id').column : undefined
      const ids = Array.from(
        { length: data.nRows },
        (_, row) => (id && cellText(id, row)) ?? String(data.sourceRows?.[row] ?? row),
      )
      return holdOutMask(ids, key ?? refuse('there is no key to hash the ids with'), method.testShare)
    }
    case 'stratified': {
      const { rule, column } = columnWith('target')
      const y = Uint8Array.from({ length: data.nRows }, (_, row) => (cellText(column, row) === rule.positive ? 1 : 0))
      return stratifiedKFold(y, method.nFolds, method.seed)
    }
    case 'grouped': {
      const column = data.columns.find((candidate) => candidate.name === method.column)
      if (!column) return refuse(`there is no column ${method.column} to group by`)
      // A row without a group is one of its own.
      const groups = Array.from({ length: data.nRows }, (_, row) => cellText(column, row) ?? `\u0000${row}`)
      return groupedFolds(groups, method.nFolds, method.seed)
    }
    case 'time':
      return latestRows(columnWith('time').column, data.nRows, method.testShare)
    case 'given':
      return Uint8Array.from({ length: data.nRows }, (_, row) => {
        const source = data.sourceRows?.[row] ?? row
        return foldOfRow?.get(source) ?? refuse(`row ${source} has no fold in ${method.source}`)
      })
  }
}

/** The largest groups first, each into the fold with the fewest rows; among equals a seeded order decides. */
function groupedFolds(groups: string[], nFolds: number, seed: number): Uint8Array {
  const sizes = new Map<string, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  const rank = new Map([...sizes.keys()].map((group) => [group, mix(group, seed)]))
  const ordered = [...sizes].sort(([a, n], [b, m]) => m - n || rank.get(a)! - rank.get(b)! || (a < b ? -1 : 1))
  const nRows = Array.from({ length: nFolds }, () => 0)
  const foldOf = new Map<string, number>()
  for (const [group, size] of ordered) {
    const fold = nRows.indexOf(Math.min(...nRows))
    nRows[fold] += size
    foldOf.set(group, fold)
  }
  return Uint8Array.from(groups, (group) => foldOf.get(group)!)
}

/** FNV-1a over the text, begun with the seed: an order that has nothing to do with the alphabet. */
function mix(text: string, seed: number): number {
  let hash = (2_166_136_261 ^ seed) >>> 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619) >>> 0
  return hash
}

/** Rows of one time stay together; a row without a time is not known to be late. */
function latestRows(column: DataColumns['columns'][number], nRows: number, testShare: number): Uint8Array {
  const times = Array.from({ length: nRows }, (_, row) => cellText(column, row) ?? '')
  const value = (row: number) => (column.kind === 'number' ? column.values[row] : times[row])
  const order = Array.from({ length: nRows }, (_, row) => row)
    .filter((row) => times[row] !== '')
    .sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0))
  const first = order[Math.floor(order.length * (1 - testShare))]
  return Uint8Array.from({ length: nRows }, (_, row) => (times[row] !== '' && value(row) >= value(first) ? 1 : 0))
}

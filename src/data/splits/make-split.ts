import { AssayError } from '../../errors/index.ts'
import { groupKFold, stratifiedKFold, timeHoldOut } from '../../learn/index.ts'
import { cellText, type DataColumn, type DataColumns } from '../columns.ts'
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
      return stratifiedKFold(labelsOf(column, rule), method.nFolds, method.seed)
    }
    case 'grouped': {
      const column = data.columns.find((candidate) => candidate.name === method.column)
      if (!column) return refuse(`there is no column ${method.column} to group by`)
      const hasTarget = contract.columns.some(({ role }) => role === 'target')
      const target = hasTarget ? columnWith('target') : undefined
      const y = target ? labelsOf(target.column, target.rule) : new Uint8Array(data.nRows)
      return groupKFold(codesOf(column, data.nRows), y, method.nFolds, method.seed)
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

/** 1 for the rows of the positive level. */
function labelsOf(column: DataColumn, { positive }: ContractColumn): Uint8Array {
  return Uint8Array.from({ length: column.values.length }, (_, row) => (cellText(column, row) === positive ? 1 : 0))
}

/** A code for each text, in the order of their first rows; -1 where there is none, so that such a row is a group of its own. */
function codesOf(column: DataColumn, nRows: number): Int32Array {
  const codes = new Map<string, number>()
  return Int32Array.from({ length: nRows }, (_, row) => {
    const text = cellText(column, row)
    if (text === null) return -1
    if (!codes.has(text)) codes.set(text, codes.size)
    return codes.get(text)!
  })
}

/** 1 for the newest of the rows that have a time; a row without one is not known to be late. */
function latestRows(column: DataColumn, nRows: number, testShare: number): Uint8Array {
  const time = timesOf(column)
  const dated = Int32Array.from({ length: nRows }, (_, row) => row).filter((row) => !Number.isNaN(time[row]))
  const parts = new Uint8Array(nRows)
  for (const place of timeHoldOut(
    Float64Array.from(dated, (row) => time[row]),
    testShare,
  ).test)
    parts[dated[place]] = 1
  return parts
}

/** Numbers as they are, texts by their rank; NaN is missing. */
function timesOf(column: DataColumn): Float64Array {
  if (column.kind === 'number') return column.values
  const distinct = [...new Set(column.values)].filter((text) => text !== null && text !== '').toSorted()
  const rankOf = new Map(distinct.map((text, rank) => [text, rank]))
  return Float64Array.from(column.values, (text) => rankOf.get(text) ?? NaN)
}

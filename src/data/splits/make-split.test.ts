import { describe, expect, it, test } from 'vitest'
import type { DataColumns } from '../columns.ts'
import type { Contract } from '../contract/contract.ts'
import { makeSplit, type SplitInput } from './make-split.ts'
import type { SplitMethod } from './split-method.ts'

const N = 200
const rows = Array.from({ length: N }, (_, i) => i)
const data: DataColumns = {
  nRows: N,
  columns: [
    { kind: 'text', name: 'id', values: rows.map((i) => `C${i}`) },
    { kind: 'text', name: 'member', values: rows.map((i) => (i % 50 === 0 ? null : `M${i % 17}`)) },
    {
      kind: 'number',
      name: 'day',
      format: 'date',
      values: Float64Array.from(rows, (i) => (i === 3 ? NaN : (i * 37) % 40)),
    },
    { kind: 'text', name: 'y', values: rows.map((i) => (i % 10 === 0 ? 'yes' : 'no')) },
  ],
}
const contract: Contract = {
  dataset: 'd',
  version: 1,
  columns: [
    { name: 'id', type: 'string', nullable: false, role: 'id' },
    { name: 'member', type: 'string', nullable: true, role: 'subject' },
    { name: 'day', type: 'date', nullable: true, role: 'time' },
    { name: 'y', type: 'category', nullable: false, role: 'target', positive: 'yes' },
  ],
  rules: [],
}
const split = (method: SplitMethod, more: Partial<SplitInput> = {}) =>
  makeSplit({ name: 's', data, contract, method, key: 'k', ...more })
const take = (given: DataColumns, kept: number[]): DataColumns => ({
  nRows: kept.length,
  columns: given.columns.map((column) =>
    column.kind === 'number'
      ? { ...column, values: Float64Array.from(kept, (row) => column.values[row]) }
      : { ...column, values: kept.map((row) => column.values[row]) },
  ),
  sourceRows: Int32Array.from(kept),
})

describe('a split', () => {
  const grouped = { kind: 'grouped', column: 'member', nFolds: 4, seed: 3 } as const

  it('by the hash of the id leaves a row where it is when others go', () => {
    const whole = split({ kind: 'hash', testShare: 0.3 })
    const kept = rows.filter((i) => i % 3 !== 0)
    const part = split({ kind: 'hash', testShare: 0.3 }, { data: take(data, kept) })
    expect([...part.parts]).toEqual(kept.map((row) => whole.parts[row]))
    expect(whole.counts.reduce((a, b) => a + b)).toBe(N)
  })

  it('stratified has the same number of positive rows in each fold', () => {
    const { parts, counts } = split({ kind: 'stratified', nFolds: 5, seed: 1 })
    expect(counts).toEqual([40, 40, 40, 40, 40])
    for (let fold = 0; fold < 5; fold++) expect(rows.filter((i) => parts[i] === fold && i % 10 === 0)).toHaveLength(4)
  })

  it('grouped keeps a group in one fold, folds alike in size, rows without a group apart', () => {
    const { parts, counts } = split(grouped)
    for (let member = 0; member < 17; member++)
      expect(new Set(rows.filter((i) => i % 50 !== 0 && i % 17 === member).map((i) => parts[i])).size).toBe(1)
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(12)
    expect(split(grouped)).toEqual(split(grouped))
    expect(split({ ...grouped, seed: 4 }).parts).not.toEqual(split(grouped).parts)
  })

  it('grouped has the classes in proportion, and needs no target', () => {
    const { parts } = split(grouped)
    for (let fold = 0; fold < 4; fold++)
      expect(rows.filter((i) => parts[i] === fold && i % 10 === 0).length).toBeGreaterThanOrEqual(4)
    const untargeted = { ...contract, columns: contract.columns.filter(({ role }) => role !== 'target') }
    const { counts } = split(grouped, { contract: untargeted })
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(12)
  })

  it('by time tests on the latest rows, never on what is not dated', () => {
    const { parts } = split({ kind: 'time', testShare: 0.25 })
    const day = (i: number) => (i * 37) % 40
    const test = rows.filter((i) => parts[i] === 1)
    const train = rows.filter((i) => parts[i] === 0 && i !== 3)
    expect(Math.min(...test.map(day))).toBeGreaterThan(Math.max(...train.map(day)))
    expect(parts[3]).toBe(0)
    expect(test.length / N).toBeCloseTo(0.25, 1)
  })

  it('by time takes times that stand there as text', () => {
    const columns = data.columns.map((column) =>
      column.name === 'day'
        ? {
            kind: 'text' as const,
            name: 'day',
            values: rows.map((i) => (i === 3 ? null : `w${100 + ((i * 37) % 40)}`)),
          }
        : column,
    )
    const method = { kind: 'time', testShare: 0.25 } as const
    expect(split(method, { data: { ...data, columns } })).toEqual(split(method))
  })

  it('given goes by the row of the source', () => {
    const foldOfRow = new Map(rows.map((row) => [row, row % 3]))
    const part = split({ kind: 'given', source: 'folds.csv' }, { data: take(data, [4, 2, 9]), foldOfRow })
    expect([...part.parts]).toEqual([1, 2, 0])
  })

  test.each<[string, SplitMethod, Partial<SplitInput>]>([
    [
      'needs a column with the role target',
      { kind: 'stratified', nFolds: 2, seed: 1 },
      { contract: { ...contract, columns: [] } },
    ],
    ['needs a column with the role time', { kind: 'time', testShare: 0.5 }, { contract: { ...contract, columns: [] } }],
    ['no column family', { ...grouped, column: 'family' }, {}],
    ['no key', { kind: 'hash', testShare: 0.5 }, { key: undefined }],
    ['row 1 has no fold in folds.csv', { kind: 'given', source: 'folds.csv' }, { foldOfRow: new Map([[0, 1]]) }],
  ])('is SPLIT_INVALID: %s', (words, method, more) => {
    expect(() => split(method, more)).toThrow(
      expect.objectContaining({ code: 'SPLIT_INVALID', message: expect.stringContaining(words) }),
    )
  })
})

import { expect, test } from 'vitest'
import type { Contract, DataColumns } from '../../data/index.ts'
import { resolveProject } from '../project/load-project.ts'
import { ROW_ORDER } from '../project/project.ts'
import { splitSet } from './learning-set.ts'

const column = (name: string, more: object = {}) => ({
  name,
  type: 'category' as const,
  nullable: false,
  role: 'feature' as const,
  ...more,
})
const contract: Contract = {
  dataset: 'd',
  version: 1,
  columns: [
    column('kind'),
    column('person', { role: 'ignore' }),
    column('day', { type: 'date', role: 'ignore' }),
    column('y', { role: 'target', positive: 'Y' }),
  ],
  rules: [],
}
const n = 200
const rows = Array.from({ length: n }, (_, i) => i)
const data: DataColumns = {
  nRows: n,
  columns: [
    { kind: 'text', name: 'kind', values: rows.map((i) => (i % 3 === 0 ? 'a' : 'b')) },
    { kind: 'text', name: 'person', values: rows.map((i) => (i === 7 ? null : `p${i % 40}`)) },
    { kind: 'number', name: 'day', values: Float64Array.from(rows, (i) => n - i), format: 'date' },
    { kind: 'text', name: 'y', values: rows.map((i) => (i % 4 === 0 ? 'Y' : 'N')) },
  ],
}
const project = (more: object) =>
  resolveProject(
    { name: 'p', model: 'm', data: { kind: 'csv', path: 'x.csv' }, target: 'y', ...more },
    { folder: '/', file: 'assay.yaml' },
  )

test('a hold-out never parts a group, and a row without one stands for itself', async () => {
  const set = splitSet(await project({ group: 'person' }), { data, contract })
  expect(set.test.length).toBeGreaterThan(0)
  const groupsOf = (part: Int32Array) => new Set(Array.from(part, (row) => set.group![row]).filter((code) => code >= 0))
  const inTest = groupsOf(set.test)
  expect([...groupsOf(set.train)].filter((code) => inTest.has(code))).toEqual([])
  expect(set.group![7]).toBe(-1)
})

test('with a split by time the hold-out is the newest rows', async () => {
  const set = splitSet(await project({ time: 'day', training: { split: 'time' } }), { data, contract })
  expect([...set.test]).toEqual(rows.slice(0, 40))
  expect(set.train).toHaveLength(160)
})

test('the order of the rows may be the time', async () => {
  const set = splitSet(await project({ time: ROW_ORDER }), { data, contract })
  expect([...set.time!]).toEqual(rows)
})

test('a time of texts is refused by name', async () => {
  const given = await project({ time: 'kind' })
  expect(() => splitSet(given, { data, contract })).toThrow(expect.objectContaining({ code: 'TIME_NOT_ORDERED' }))
})

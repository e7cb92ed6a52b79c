import { expect, test } from 'vitest'
import { formatContract, toLearningSet, type Contract, type DataColumns } from '../../data/index.ts'
import { algorithmNames } from '../../learn/index.ts'
import { neededBytes, shapesOf } from '../jobs/training/needed-bytes.ts'
import { resolveProject } from '../project/load-project.ts'
import { bytesOfBranch } from './branch-memory.ts'

const nRows = 40
const rows = Array.from({ length: nRows }, (_, row) => row)
const data: DataColumns = {
  nRows,
  columns: [
    { kind: 'number', name: 'amount', values: Float64Array.from(rows) },
    { kind: 'number', name: 'since', values: Float64Array.from(rows), format: 'date' },
    { kind: 'text', name: 'region', values: rows.map((row) => `region ${row % 4}`) },
    { kind: 'text', name: 'code', values: rows.map((row) => `code ${row}`) },
    { kind: 'text', name: 'y', values: rows.map((row) => String(row % 2)) },
  ],
}
const column = { nullable: true, role: 'feature' } as const
const contract: Contract = {
  dataset: 'd',
  version: 1,
  columns: [
    { ...column, name: 'amount', type: 'number' },
    { ...column, name: 'since', type: 'date' },
    { ...column, name: 'region', type: 'category', values: ['region 0', 'region 1', 'region 2', 'region 3'] },
    { ...column, name: 'code', type: 'string' },
    { ...column, name: 'y', type: 'category', role: 'target', positive: '1' },
  ],
  rules: [],
}
const project = await resolveProject(
  { name: 'p', model: 'm', data: { kind: 'csv', path: 'x.csv' }, target: 'y' },
  { folder: '/', file: 'assay.yaml' },
)
const estimate = (algorithm: (typeof algorithmNames)[number], nRows: number, nThreads = 1, given = contract) =>
  bytesOfBranch(project, { dataset: { nRows }, contractYaml: formatContract(given) }, { algorithm, nThreads })

test.each(algorithmNames)(
  'the estimate for %s is made before there are rows, and covers what is checked with them',
  (algorithm) => {
    const { table } = toLearningSet(data, contract)
    const size = { algorithm, columns: shapesOf(table), nThreads: 1, nRows: 800_000, nSharedRows: 800_000 }
    const beforehand = estimate(algorithm, 1_000_000) - estimate(algorithm, 1)
    const testShare = project.training.testShare
    expect(testShare).toBe(0.2)
    // The rest is the table itself: 150 bytes a row, and its five columns.
    const checked = neededBytes(project, size)
    expect(beforehand).toBeGreaterThan(checked)
    expect(beforehand).toBeLessThan(2 * checked + 1_000_000 * (150 + 2 * 12 + 3 * 50))
  },
)

test('branches of different algorithms want different memory', () => {
  const bytes = algorithmNames.map((algorithm) => estimate(algorithm, 5_000_000, 2))
  expect(new Set(bytes).size).toBe(algorithmNames.length)
})

test('columns that are not learned from are read, but no more', () => {
  const ignored = contract.columns.map((rule) => (rule.name === 'code' ? { ...rule, role: 'ignore' as const } : rule))
  const less = estimate('logistic_regression', 1_000_000, 1, { ...contract, columns: ignored })
  // Copied out it would be 4 bytes a row, and 2 in the design, of 800,000 rows; it is still read.
  const perRow = (estimate('logistic_regression', 1_000_000) - less) / 800_000
  expect(perRow).toBeGreaterThanOrEqual(6)
  expect(perRow).toBeLessThan(20)
})

import { expect, it } from 'vitest'
import { categories, numbers } from '../../../test/learning-tables.ts'
import type { ColumnShape } from '../model/algorithm.ts'
import type { Column } from '../table.ts'
import { buildDesign } from './design.ts'
import { resolveLogisticOptions } from './options.ts'
import { fitLinearPreparation } from './preparation.ts'
import { bytesOfLogisticFit } from './training-bytes.ts'

const nRows = 3000
const rows = Array.from({ length: nRows }, (_, row) => row)
const options = resolveLogisticOptions({ minLevelRows: 1, maxLevels: 10_000 })

const columns: Column[] = [
  numbers('number', rows.map((row) => (row % 9 ? row : null))), // prettier-ignore
  { ...numbers('date', rows), format: 'date' },
  categories('few', rows.map((row) => `level ${row % 5}`)), // prettier-ignore
  categories('wide', rows.map((row) => `level ${row % 2000}`)), // prettier-ignore
]
const shapes = columns.map((column): ColumnShape => {
  if (column.kind === 'category') return { kind: 'category', nLevels: column.levels.length }
  return { kind: 'number', ...(column.format ? { format: column.format } : {}) }
})
const bytesFor = (given: readonly ColumnShape[], more: object = {}): number =>
  bytesOfLogisticFit({ nRows, columns: given, hasWeights: false, isBinned: false }, { ...options, ...more })

it('covers the design that is built, and not much more', () => {
  const preparation = fitLinearPreparation({ nRows, columns }, undefined, options)
  const { blocks, nTerms } = buildDesign(preparation, columns, nRows)
  const built = blocks.reduce(
    (sum, block) => sum + (block.kind === 'values' ? block.values : block.codes).byteLength,
    0,
  )
  // Besides: two columns that are being prepared, 32 vectors of coefficients, and levels while they are counted.
  const others = 16 * nRows + 8 * 32 * (nTerms + 6) + 200 * 2000
  expect(bytesFor(shapes)).toBeGreaterThan(built)
  expect(bytesFor(shapes)).toBeLessThanOrEqual(built + others + 2 * nRows)
})

it('a wide category takes 2 bytes a row, not a column a level', () => {
  const few = bytesFor([{ kind: 'category', nLevels: 600 }])
  const wide = bytesFor([{ kind: 'category', nLevels: 9000 }])
  expect(wide - few).toBe((9000 - 600) * (8 * 32 + 200))
  expect(bytesFor([shapes[0], { kind: 'category', nLevels: 9000 }]) - bytesFor([shapes[0]])).toBeLessThan(
    2 * nRows + 9002 * (8 * 32 + 200),
  )
})

it('counts the matrix of coefficients while there are few, and weights where classes are balanced', () => {
  const twenty: ColumnShape[] = Array.from({ length: 20 }, () => ({ kind: 'number' }))
  expect(bytesFor(twenty) - bytesFor(twenty, { l1Ratio: 0.5 })).toBe(2 * 8 * 41 ** 2)
  expect(bytesFor(twenty, { classWeight: 'balanced' }) - bytesFor(twenty)).toBe(8 * nRows)
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'
import { fitPreparation } from '../preparation.ts'
import type { Column, Table } from '../table.ts'
import { binTable, type BinnedTable } from './binned-table.ts'

/** The bin of each value of a column, one by one, as the words have it. */
function binsOf({ bins, nRows }: BinnedTable, f: number): number[] {
  const bytes = new Uint8Array(bins)
  return Array.from({ length: nRows }, (_, row) => bytes[4 * ((f >> 2) * nRows + row) + (f & 3)])
}

/** The same the slow way: edges below the number, place of the level, and what is missing behind both. */
function slowBins(column: Column, maxBins: number): number[] {
  const [bins] = fitPreparation({ nRows: 0, columns: [column] }, maxBins)
  if (column.kind === 'number' && bins.kind === 'number') {
    return Array.from(column.values, (value) => {
      if (Number.isNaN(value)) return bins.edges.length + 1
      return bins.edges.filter((edge) => edge < Math.fround(value)).length
    })
  }
  if (column.kind !== 'category' || bins.kind !== 'category') throw new Error('the kinds differ')
  return Array.from(column.codes, (code) => {
    if (code < 0) return bins.levels.length + 1
    const place = bins.levels.indexOf(column.levels[code])
    return place < 0 ? bins.levels.length : place
  })
}

const cell = fc.oneof(fc.constantFrom(null, 7, -0, 0, 1e300, -1e300, Infinity), fc.integer({ min: -40, max: 40 }))
const anyTable = fc
  .tuple(fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 11 }))
  .chain(([nRows, nColumns]) =>
    fc.array(fc.tuple(fc.boolean(), fc.array(cell, { minLength: nRows, maxLength: nRows })), {
      minLength: nColumns,
      maxLength: nColumns,
    }),
  )
  .map((columns): Table => {
    return {
      nRows: columns[0][1].length,
      columns: columns.map(([isNumber, cells], c) =>
        isNumber
          ? numbers(`x${c}`, cells)
          : categories(
              `x${c}`,
              cells.map((value) => (value === null ? null : `level ${value % 5}`)),
            ),
      ),
    }
  })

describe('binTable', () => {
  it('learns the preparation of fitPreparation, and puts each value into its bin', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyTable, fc.constantFrom(2, 5, 255), async (table, maxBins) => {
        const binned = await binTable(table, { maxBins, nThreads: 1 })
        expect(binned.preparation).toEqual(fitPreparation(table, maxBins))
        table.columns.forEach((column, f) => expect(binsOf(binned, f)).toEqual(slowBins(column, maxBins)))
      }),
      { numRuns: 25 },
    )
  })

  it('gives the same bytes with 1, 2 and 7 threads', async () => {
    const { table } = mixedTable(3000)
    const columns = [0, 1, 2, 3].flatMap((n) =>
      table.columns.map((column) => ({ ...column, name: `${column.name} ${n}` })),
    )
    const wide = { nRows: table.nRows, columns: columns.slice(0, 15) }
    const [one, ...others] = await Promise.all([1, 2, 7].map((nThreads) => binTable(wide, { nThreads })))
    for (const other of others) {
      expect(other.preparation).toEqual(one.preparation)
      expect(new Uint8Array(other.bins)).toEqual(new Uint8Array(one.bins))
    }
    // The 16th feature does not exist: its bytes are 0.
    expect(new Set(binsOf(one, 15))).toEqual(new Set([0]))
  })

  it('refuses a table without columns or rows, and bins that do not fit a byte', async () => {
    const table = { nRows: 1, columns: [numbers('x', [1])] }
    await expect(binTable({ nRows: 1, columns: [] })).rejects.toMatchObject({ code: 'TABLE_NO_FEATURES' })
    await expect(binTable({ nRows: 0, columns: [numbers('x', [])] })).rejects.toMatchObject({ code: 'TABLE_NO_ROWS' })
    await expect(binTable(table, { maxBins: 256 })).rejects.toThrow('Option maxBins is 256')
    await expect(binTable(table, { nThreads: 0 })).rejects.toThrow('Option nThreads is 0')
  })

  it('ends when it is aborted while columns are passed on', async () => {
    const controller = new AbortController()
    const values = new Float64Array(5000).map((_, row) => row % 97)
    let nReads = 0
    const columns = Array.from({ length: 40 }, (_, c): Column => ({ kind: 'number', name: `x${c}`, values }))
    // Read once to be checked, then to be passed: the threads are at work on the columns before it.
    Object.defineProperty(columns[30], 'values', {
      get: () => {
        if (++nReads === 2) controller.abort()
        return values
      },
    })
    const binning = binTable({ nRows: 5000, columns }, { nThreads: 2 }, { signal: controller.signal })
    await expect(binning).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' })
    expect(nReads).toBe(2)
  })

  it('begins nothing when it is aborted beforehand', async () => {
    const signal = AbortSignal.abort()
    const binning = binTable({ nRows: 2, columns: [numbers('x', [1, 2])] }, {}, { signal })
    await expect(binning).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' })
  })
})

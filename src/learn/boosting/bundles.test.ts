import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, numbers } from '../../../test/learning-tables.ts'
import { createRandom } from '../random.ts'
import type { Column, Table } from '../table.ts'
import { decodeTrees } from '../testing/decode-trees.ts'
import { slowBoosting } from '../testing/slow-boosting.ts'
import { binTable } from '../trees/binned-table.ts'
import { bundleFeatures, mostSharedBits } from './bundles.ts'
import { GradientBoostingClassifier } from './gradient-boosting.ts'
import type { BoostingOptions } from './options.ts'

describe('bundleFeatures', () => {
  it('gives every feature bits of its own that hold its bins', () => {
    const anyCells = fc.array(fc.integer({ min: 1, max: 256 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(anyCells, fc.integer({ min: 0, max: 8 }), (nCells, mostBits) => {
        const bundles = bundleFeatures(nCells, mostBits)
        const features = bundles.flatMap(({ members }) => members.map(({ feature }) => feature))
        expect(features.toSorted((a, b) => a - b)).toEqual([...nCells.keys()])
        for (const { members, nCells: nBytes } of bundles) {
          let nBits = 0
          let largest = 0
          for (const member of members) {
            expect(member.shift).toBe(nBits)
            expect(nCells[member.feature]).toBeLessThanOrEqual(2 ** member.nBits)
            nBits += member.nBits
            largest |= (nCells[member.feature] - 1) << member.shift
          }
          expect(nBits).toBeLessThanOrEqual(members.length === 1 ? 8 : mostBits || 8)
          expect(nBytes).toBeGreaterThan(largest)
          expect(nBytes).toBeLessThanOrEqual(256)
        }
      }),
    )
  })

  it('leaves each feature its place where nothing is shared', () => {
    const bundles = bundleFeatures([3, 200, 17, 2], 0)
    expect(bundles.map(({ members }) => members)).toEqual(
      [2, 8, 5, 1].map((nBits, feature) => [{ feature, shift: 0, nBits }]),
    )
  })

  it('fills bytes with the widest first', () => {
    // 4, 2, 8, 1, 3 and 1 bits.
    const bundles = bundleFeatures([16, 3, 256, 2, 5, 2], 8)
    expect(bundles.map(({ members }) => members.map(({ feature }) => feature))).toEqual([[0, 4, 3], [1, 5], [2]])
    expect(bundles.map(({ nCells }) => nCells)).toEqual([256, 8, 256])
  })

  it('shares the less the fewer rows a leaf has', () => {
    expect(mostSharedBits({ nRows: 1_000_000, maxLeaves: 31 })).toBe(8)
    expect(mostSharedBits({ nRows: 5000, maxLeaves: 31 })).toBe(6)
    expect(mostSharedBits({ nRows: 5000, maxLeaves: 4096 })).toBe(0)
    expect(mostSharedBits({ nRows: 1, maxLeaves: 31 })).toBe(0)
  })
})

/** Categories and numbers of few values, some missing, beside one of many. */
function claims(nRows: number): { table: Table; y: Uint8Array } {
  const random = createRandom(4)
  const draw = (n: number): (number | null)[] =>
    Array.from({ length: nRows }, () => (random.below(9) === 0 ? null : random.below(n)))
  const level = (value: number | null): string | null => (value === null ? null : `level ${value}`)
  const columns: Column[] = [2, 3, 2, 12, 5, 2, 7, 3, 4, 18, 2, 9].map((n, c) =>
    c % 3 === 0 ? numbers(`x${c}`, draw(n)) : categories(`c${c}`, draw(n).map(level)),
  )
  const amounts = Array.from({ length: nRows }, () => random.unit())
  columns.splice(5, 0, numbers('amount', amounts))
  const [x, c] = [columns[3], columns[4]]
  const y = Uint8Array.from(amounts, (amount, row) => {
    const reason = x.kind === 'number' && c.kind === 'category' ? (x.values[row] || 0) + c.codes[row] : 0
    return amount + random.unit() + reason / 8 > 1.7 ? 1 : 0
  })
  return { table: { nRows, columns }, y }
}

describe('features that share bytes', () => {
  const data = claims(3000)
  const options: Record<string, Partial<BoostingOptions>> = {
    'all rows and columns': { maxLeaves: 12 },
    'rows and columns drawn': { maxLeaves: 12, rowShare: 0.6, columnShare: 0.3, seed: 3 },
    'monotone columns': { maxLeaves: 12, monotone: { amount: 'increasing', x3: 'decreasing' } },
  }

  it.each(Object.entries(options))('grow the trees of the slow version: %s', async (_, given) => {
    expect(mostSharedBits({ nRows: 3000, maxLeaves: 12 })).toBe(6)
    const boosting = (nThreads: number) => new GradientBoostingClassifier({ nTrees: 4, ...given, nThreads })
    const one = await boosting(1).fit(data)
    expect(decodeTrees(one)).toEqual(slowBoosting(data, one.options).trees)
    for (const nThreads of [2, 7]) expect(await boosting(nThreads).fit(data)).toEqual(one)
    expect(await boosting(2).fit({ binned: await binTable(data.table), y: data.y })).toEqual(one)
  })

  it('grow the same trees where training ends early', async () => {
    const early = { nTrees: 60, maxLeaves: 12, learningRate: 0.5, patience: 2, seed: 1 }
    const fit = (nThreads: number) => new GradientBoostingClassifier({ ...early, nThreads }).fit(data)
    const one = await fit(1)
    expect(one.trees.starts.length / 2).toBeLessThan(60)
    for (const nThreads of [2, 7]) expect(await fit(nThreads)).toEqual(one)
  })
})

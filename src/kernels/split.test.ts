import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISSING_BIN } from './index.ts'
import { place } from './testing/place.ts'

type Row = { bin: number; weight: number; label: number }
type Found = { score: number; slot: number; missingRight: boolean }

const cellOf = ({ weight, label }: Row): bigint => 1n | (BigInt(weight) << 21n) | (BigInt(label ? weight : 0) << 42n)

/** Sum over the sides of sum over the classes of w^2 / w, from the rows themselves. */
function slowScore(sides: Row[][]): number {
  const weight = (rows: Row[]): number => rows.reduce((sum, row) => sum + row.weight, 0)
  return sides.reduce((score, side) => {
    const positive = weight(side.filter((row) => row.label === 1))
    const negative = weight(side.filter((row) => row.label === 0))
    return score + (positive ** 2 + negative ** 2) / weight(side)
  }, 0)
}

/** Every slot and both sides for missing values, tried one by one. */
function slowBestScore(rows: Row[], minLeaf: number): number {
  let best = -1
  for (let slot = 0; slot < MISSING_BIN; slot++) {
    for (const missingRight of [false, true]) {
      const isRight = (row: Row): boolean => (row.bin === MISSING_BIN ? missingRight : row.bin > slot)
      const sides = [rows.filter((row) => !isRight(row)), rows.filter(isRight)]
      if (sides.every((side) => side.length >= minLeaf)) best = Math.max(best, slowScore(sides))
    }
  }
  return best
}

/** Histogram, runs and split by the kernels, with the bins as ranks. */
function findByKernels(rows: Row[], minLeaf: number): Found | undefined {
  const { kernels, at } = place({
    column: Uint8Array.from(rows, (row) => row.bin),
    rank: Uint8Array.from({ length: 256 }, (_, bin) => bin),
    rows: Uint32Array.from(rows.keys()),
    cells: BigUint64Array.from(rows, cellOf),
    ordered: new BigUint64Array(rows.length),
    histogram: new BigUint64Array(256),
    seen: new BigUint64Array(4),
    slots: new Uint32Array(256),
    runs: new BigUint64Array(256),
    missing: new BigUint64Array(1),
    best: new Float64Array(3),
  })
  const address = Object.fromEntries(Object.entries(at).map(([name, view]) => [name, view.byteOffset]))
  const { column, rank, ordered, histogram, seen, slots, runs, missing, best } = address
  const total = kernels.gatherCells(address.cells, address.rows, 0, rows.length, ordered)
  kernels.accumulate(column, rank, address.rows, 0, rows.length, ordered, histogram, seen)
  const n = kernels.collectRuns(histogram, seen, slots, runs, missing)
  expect(at.histogram.every((cell) => cell === 0n)).toBe(true)
  expect(at.seen.every((word) => word === 0n)).toBe(true)
  expect([...at.slots.subarray(0, n)]).toEqual(
    [...new Set(rows.map((row) => row.bin))].filter((bin) => bin !== MISSING_BIN).sort((a, b) => a - b),
  )
  if (n + Number(at.missing[0] !== 0n) < 2) return undefined
  at.best[0] = -1
  if (!kernels.bestGiniSplit(slots, runs, n, at.missing[0], total, minLeaf, best)) return undefined
  const words = new Uint32Array(at.best.buffer, at.best.byteOffset, 6)
  return { score: at.best[0], slot: words[3], missingRight: words[4] === 1 }
}

const row = fc.record({
  bin: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: MISSING_BIN })),
  weight: fc.integer({ min: 1, max: 4 }),
  label: fc.integer({ min: 0, max: 1 }),
})

describe('bestGiniSplit', () => {
  it('finds the score that trying everything finds, by a split that has it', () => {
    const rows = fc.array(row, { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (rows, minLeaf) => {
        const found = findByKernels(rows, minLeaf)
        expect(found?.score ?? -1).toBe(slowBestScore(rows, minLeaf))
        if (!found) return
        const isRight = (row: Row): boolean => (row.bin === MISSING_BIN ? found.missingRight : row.bin > found.slot)
        expect(slowScore([rows.filter((row) => !isRight(row)), rows.filter(isRight)])).toBe(found.score)
      }),
    )
  })

  it('walks all slots of a node too large for the bitmap', () => {
    const rows = Array.from({ length: 1500 }, (_, i) => ({ bin: (i * 7) % 256, weight: 1, label: i % 3 === 0 ? 1 : 0 }))
    expect(findByKernels(rows, 5)?.score).toBe(slowBestScore(rows, 5))
  })

  it('puts the boundary half way between the slots in use', () => {
    const rows = [2, 2, 12, 12].map((bin) => ({ bin, weight: 1, label: bin > 5 ? 1 : 0 }))
    expect(findByKernels(rows, 1)).toEqual({ score: 4, slot: 6, missingRight: false })
  })

  it('sends missing values with the larger side where the node has none', () => {
    const rows = [1, 5, 5, 5].map((bin) => ({ bin, weight: 1, label: bin === 1 ? 1 : 0 }))
    expect(findByKernels(rows, 1)).toMatchObject({ missingRight: true })
  })

  it('can split missing values off', () => {
    const rows = [MISSING_BIN, MISSING_BIN, 3, 9].map((bin) => ({ bin, weight: 1, label: bin === MISSING_BIN ? 1 : 0 }))
    expect(findByKernels(rows, 1)).toEqual({ score: 4, slot: 254, missingRight: true })
  })
})

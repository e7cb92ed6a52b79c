import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classHoldOut, stratifiedHoldOut, stratifiedKFold, stratifiedSample } from './stratified.ts'

const labels = fc
  .array(fc.integer({ min: 0, max: 1 }), { minLength: 20, maxLength: 200 })
  .map((values) => Uint8Array.from([...values, ...Array(10).fill(0), ...Array(10).fill(1)]))
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const count = (values: Iterable<number>, value: number): number => [...values].filter((v) => v === value).length
const labelsOf = (y: Uint8Array, rows: Int32Array): number[] => Array.from(rows, (row) => y[row])

describe('stratifiedKFold', () => {
  it('gives folds that differ by at most one row of each class and in all', () => {
    fc.assert(
      fc.property(labels, fc.integer({ min: 2, max: 10 }), seed, (y, nFolds, seed) => {
        const folds = stratifiedKFold(y, nFolds, seed)
        for (const label of [0, 1, undefined]) {
          const of = [...folds].filter((_, row) => label === undefined || y[row] === label)
          const sizes = Array.from({ length: nFolds }, (_, fold) => count(of, fold))
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
        }
        expect(stratifiedKFold(y, nFolds, seed)).toEqual(folds)
      }),
    )
  })

  it('gives other folds for another seed', () => {
    const y = Uint8Array.from({ length: 60 }, (_, i) => i % 2)
    expect(stratifiedKFold(y, 5, 1)).not.toEqual(stratifiedKFold(y, 5, 2))
  })

  it('refuses what it cannot do', () => {
    const y = Uint8Array.of(0, 0, 0, 0, 1, 1)
    expect(() => stratifiedKFold(y, 3, 0)).toThrow(
      expect.objectContaining({
        code: 'SPLIT_CLASS_TOO_SMALL',
        message: 'Class 1 has 2 rows; this split needs at least 3.',
      }),
    )
    expect(() => stratifiedKFold(y, 1, 0)).toThrow('Option nFolds is 1; allowed: an integer from 2 to 255.')
    expect(() => stratifiedKFold(y, 2, 0.5)).toThrow('Option seed is 0.5')
  })
})

describe('stratifiedHoldOut', () => {
  it('parts the rows once each, with the classes in proportion and ascending', () => {
    fc.assert(
      fc.property(labels, fc.double({ min: 0.01, max: 0.99, noNaN: true }), seed, (y, share, seed) => {
        const { train, test } = stratifiedHoldOut(y, share, seed)
        expect([...train, ...test].sort((a, b) => a - b)).toEqual([...y.keys()])
        expect(train).toEqual(train.slice().sort())
        expect(test).toEqual(test.slice().sort())
        for (const label of [0, 1]) {
          const nTest = count(labelsOf(y, test), label)
          expect(Math.abs(nTest - share * count(y, label))).toBeLessThanOrEqual(1)
          expect(nTest).toBeGreaterThan(0)
          expect(nTest).toBeLessThan(count(y, label))
        }
      }),
    )
  })

  it('refuses a share that leaves one part empty, and a class of one row', () => {
    expect(() => stratifiedHoldOut(Uint8Array.of(0, 1), 1, 0)).toThrow('wanted: above 0 and below 1')
    expect(() => stratifiedHoldOut(Uint8Array.of(0, 0, 1), 0.5, 0)).toThrow('Class 1 has 1 rows')
  })
})

describe('stratifiedSample', () => {
  it('takes the share of each class, once each and ascending', () => {
    fc.assert(
      fc.property(labels, fc.double({ min: 0.01, max: 1, noNaN: true }), seed, (y, share, seed) => {
        const rows = stratifiedSample(y, share, seed)
        expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b))
        for (const label of [0, 1]) expect(count(labelsOf(y, rows), label)).toBe(Math.round(share * count(y, label)))
      }),
    )
  })

  it.each([0, -1, 1.01, NaN])('refuses a share of %d', (share) => {
    expect(() => stratifiedSample(Uint8Array.of(0, 1), share, 0)).toThrow(
      expect.objectContaining({ code: 'SHARE_INVALID' }),
    )
  })
})

describe('classHoldOut', () => {
  it('holds out the rows of stratifiedHoldOut where there are two classes', () => {
    fc.assert(
      fc.property(labels, fc.double({ min: 0.01, max: 0.99, noNaN: true }), seed, (y, share, seed) => {
        const rows = [...classHoldOut(y, share, seed).entries()].flatMap(([row, isHeld]) => (isHeld ? [row] : []))
        expect(rows).toEqual([...stratifiedHoldOut(y, share, seed).test])
      }),
    )
  })

  it('leaves a class of one row its row, and refuses where every class has one', () => {
    const mask = classHoldOut(Uint8Array.of(2, 0, 1, 0, 1), 0.9, 1)
    expect(mask[0]).toBe(0)
    expect([mask[1] + mask[3], mask[2] + mask[4]]).toEqual([1, 1])
    expect(() => classHoldOut(Uint8Array.of(0, 1, 2), 0.5, 0)).toThrow(
      expect.objectContaining({ code: 'SPLIT_CLASS_TOO_SMALL' }),
    )
  })
})

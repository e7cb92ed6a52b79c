import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, groupHoldOut, groupKFold } from '../index.ts'

const rowsArbitrary = fc.array(fc.tuple(fc.integer({ min: -1, max: 30 }), fc.integer({ min: 0, max: 1 })), {
  minLength: 1,
  maxLength: 120,
})
const columnsOf = (rows: [number, number][]) => ({
  groups: Int32Array.from(rows, ([group]) => group),
  y: Uint8Array.from(rows, ([, label]) => label),
})
/** In how many groups each class stands, of those that there are. */
const nGroupsOf = (groups: Int32Array, y: Uint8Array) =>
  [...new Set(y)].map((label) => {
    const own = [...groups].filter((group, row) => group < 0 && y[row] === label).length
    return own + new Set([...groups].filter((group, row) => group >= 0 && y[row] === label)).size
  })

describe('groupKFold', () => {
  it('keeps each group in one fold and fills every fold, or says why it cannot', () => {
    fc.assert(
      fc.property(rowsArbitrary, fc.integer({ min: 2, max: 5 }), (rows, nFolds) => {
        const { groups, y } = columnsOf(rows)
        if (Math.min(...nGroupsOf(groups, y)) < nFolds) {
          expect(() => groupKFold(groups, y, nFolds, 0)).toThrow(
            expect.objectContaining({ code: 'SPLIT_GROUPS_TOO_FEW' }),
          )
          return
        }
        const folds = groupKFold(groups, y, nFolds, 0)
        expect(new Set(folds).size).toBe(nFolds)
        const foldOf = new Map<number, number>()
        groups.forEach((group, row) => {
          if (group >= 0) expect(foldOf.get(group) ?? folds[row]).toBe(folds[row])
          foldOf.set(group, folds[row])
        })
        expect(groupKFold(groups, y, nFolds, 0)).toEqual(folds)
      }),
    )
  })

  it('keeps the classes in proportion when groups are small', () => {
    const random = createRandom(5)
    const groups = Int32Array.from({ length: 3_000 }, () => random.below(600))
    const y = Uint8Array.from(groups, (group) => (random.unit() < (group % 4 === 0 ? 0.5 : 0.05) ? 1 : 0))
    const share = y.reduce((sum, label) => sum + label, 0) / y.length
    const folds = groupKFold(groups, y, 5, 3)
    for (let fold = 0; fold < 5; fold++) {
      const labels = y.filter((_, row) => folds[row] === fold)
      expect(Math.abs(labels.length - 600)).toBeLessThan(15)
      expect(Math.abs(labels.reduce((sum, label) => sum + label, 0) / labels.length - share)).toBeLessThan(0.01)
    }
    expect(groupKFold(groups, y, 5, 4)).not.toEqual(folds)
  })

  it('says which class stands in too few groups', () => {
    expect(() => groupKFold(Int32Array.of(0, 0, 1, 2), Uint8Array.of(1, 1, 0, 0), 2, 0)).toThrow(
      'Class 1 stands in 1 groups; this split by groups needs at least 2.',
    )
    expect(() => groupKFold(Int32Array.of(0), Uint8Array.of(0, 1), 2, 0)).toThrow('There are 2 labels for 1 rows.')
  })
})

describe('groupHoldOut', () => {
  it('parts the rows by group, with about the share of each class', () => {
    const random = createRandom(6)
    const groups = Int32Array.from({ length: 2_000 }, () => random.below(300))
    const y = Uint8Array.from(groups, () => (random.below(5) === 0 ? 1 : 0))
    const { train, test } = groupHoldOut(groups, y, 0.25, 1)
    expect([...train, ...test].sort((a, b) => a - b)).toEqual([...y.keys()])
    const inTest = new Set(Array.from(test, (row) => groups[row]))
    expect(Array.from(train, (row) => inTest.has(groups[row]))).not.toContain(true)
    for (const label of [0, 1]) {
      const nTest = test.filter((row) => y[row] === label).length
      expect(nTest / y.filter((given) => given === label).length).toBeCloseTo(0.25, 1)
    }
  })

  it('leaves neither part empty, however small the share', () => {
    const groups = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1)
    const { train, test } = groupHoldOut(groups, Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 1), 0.01, 0)
    expect([train.length, test.length]).toEqual([4, 4])
    expect(() => groupHoldOut(groups, new Uint8Array(8), 0, 0)).toThrow('A share of 0 cannot be split off')
  })
})

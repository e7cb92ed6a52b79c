import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { repeatedStratifiedKFold, splitsOfFolds, stratifiedKFold } from '../index.ts'

describe('splitsOfFolds', () => {
  it('tests each row of a fold once, on all others, and learns from rows in no fold', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 4 }), { minLength: 2, maxLength: 60 }), (folds) => {
        fc.pre(new Set(folds.map((fold) => Math.max(-1, fold))).size > 1)
        const splits = splitsOfFolds(folds)
        for (const { train, test } of splits) {
          expect([...train, ...test].sort((a, b) => a - b)).toEqual([...folds.keys()])
          expect(new Set(Array.from(test, (row) => folds[row])).size).toBe(1)
        }
        const tested = splits.flatMap(({ test }) => [...test])
        expect(tested.sort((a, b) => a - b)).toEqual([...folds.keys()].filter((row) => folds[row] >= 0))
      }),
    )
  })

  it.each([
    [[0, 1.5], 'The folds cannot be used: row 1 has the fold 1.5; wanted whole numbers.'],
    [[-1, -1], 'no row is tested in any fold'],
    [[3, 3], 'all rows are in fold 3'],
    [[], 'no row is tested in any fold'],
  ])('says what is wrong with the folds %j', (folds, message) => {
    expect(() => splitsOfFolds(folds)).toThrow(
      expect.objectContaining({ code: 'SPLIT_FOLDS_INVALID', message: expect.stringContaining(message) }),
    )
  })
})

describe('repeatedStratifiedKFold', () => {
  const y = Uint8Array.from({ length: 90 }, (_, row) => (row % 3 === 0 ? 1 : 0))

  it('draws other stratified folds each time, the same for the same seed', () => {
    const draws = repeatedStratifiedKFold(y, { nFolds: 5, nRepeats: 4, seed: 1 })
    expect(new Set(draws.map((folds) => folds.join(''))).size).toBe(4)
    for (const folds of draws)
      for (let fold = 0; fold < 5; fold++)
        expect(y.filter((label, row) => label === 1 && folds[row] === fold)).toHaveLength(6)
    expect(repeatedStratifiedKFold(y, { nFolds: 5, nRepeats: 4, seed: 1 })).toEqual(draws)
    expect(draws).not.toContainEqual(stratifiedKFold(y, 5, 1))
  })

  it('refuses no repetition', () => {
    expect(() => repeatedStratifiedKFold(y, { nFolds: 5, nRepeats: 0, seed: 1 })).toThrow('Option nRepeats is 0')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeFolds, timeHoldOut } from '../index.ts'

const times = fc
  .array(fc.integer({ min: 0, max: 500 }), { minLength: 40, maxLength: 150 })
  .map((values) => Float64Array.from(values))
const largest = (time: Float64Array, rows: Int32Array) => Math.max(...Array.from(rows, (row) => time[row]))
const least = (time: Float64Array, rows: Int32Array) => Math.min(...Array.from(rows, (row) => time[row]))

describe('timeFolds', () => {
  it('learns from what came before a gap only, in a window that grows, and tests each later row once', () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), (time, nFolds, gap) => {
        let splits: ReturnType<typeof timeFolds>
        try {
          splits = timeFolds(time, { nFolds, gap })
        } catch (error) {
          expect(error).toMatchObject({ code: 'SPLIT_TIMES_TOO_FEW' })
          return
        }
        expect(splits).toHaveLength(nFolds)
        splits.forEach(({ train, test }, i) => {
          expect(largest(time, train)).toBeLessThan(least(time, test) - gap)
          if (i > 0) expect(splits[i - 1].train.every((row) => train.includes(row))).toBe(true)
        })
        const tested = splits.flatMap(({ test }) => [...test])
        expect(new Set(tested).size).toBe(tested.length)
        const first = least(time, splits[0].test)
        expect(tested.length).toBe(time.filter((value) => value >= first).length)
      }),
    )
  })

  it('cuts into equal stretches where times differ', () => {
    const time = Float64Array.from({ length: 12 }, (_, row) => 100 - row)
    const splits = timeFolds(time, { nFolds: 3 })
    expect(splits.map(({ train, test }) => [train.length, test.length])).toEqual([
      [3, 3],
      [6, 3],
      [9, 3],
    ])
    expect([...splits[0].train]).toEqual([9, 10, 11])
  })

  it('says why rows cannot be split by time', () => {
    const time = Float64Array.of(1, 2, 3, NaN)
    expect(() => timeFolds(time, { nFolds: 1 })).toThrow(
      expect.objectContaining({
        code: 'SPLIT_TIME_MISSING',
        message: expect.stringMatching('^1 of 4 rows have no time'),
      }),
    )
    expect(() => timeFolds(new Float64Array(9), { nFolds: 2 })).toThrow('too many rows have the same time')
    expect(() => timeFolds(Float64Array.of(1, 2, 3, 4), { nFolds: 1, gap: 7 })).toThrow(
      'a gap of 7 leaves no row to learn from',
    )
    expect(() => timeFolds(Float64Array.of(1, 2), { nFolds: 1, gap: -1 })).toThrow('Option gap is -1')
    expect(() => timeFolds(Float64Array.of(1, 2), { nFolds: 0 })).toThrow('Option nFolds is 0')
  })
})

describe('timeHoldOut', () => {
  it('tests on the newest share of the rows, an instant being on one side', () => {
    fc.assert(
      fc.property(times, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (time, share) => {
        const { train, test } = timeHoldOut(time, share)
        expect(largest(time, train)).toBeLessThan(least(time, test))
        expect(train.length + test.length).toBe(time.length)
        // More rows than the share only by those of the first tested instant; fewer only where that is the first of all.
        const ofFirst = time.filter((value) => value === least(time, test)).length
        expect(test.length).toBeLessThan(Math.round(share * time.length) + ofFirst + 1)
      }),
    )
  })

  it('begins at the second instant where the share reaches into the first', () => {
    expect([...timeHoldOut(Float64Array.of(5, 5, 5, 6), 0.5).test]).toEqual([3])
  })

  it('refuses a share of nothing and rows of one instant', () => {
    expect(() => timeHoldOut(Float64Array.of(1, 2), 1)).toThrow('A share of 1 cannot be split off')
    expect(() => timeHoldOut(Float64Array.of(4, 4), 0.5)).toThrow('too many rows have the same time')
  })
})

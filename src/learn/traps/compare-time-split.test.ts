import { describe, expect, it } from 'vitest'
import { compareTimeSplit, createRandom, rocAucScore, type ScoredTest } from '../index.ts'

/** A test part whose scores are the label times a strength, and noise. */
function scored(strength: number, seed: number, n = 2_000): ScoredTest {
  const random = createRandom(seed)
  const y = Uint8Array.from({ length: n }, () => (random.below(4) === 0 ? 1 : 0))
  return { y, score: Float64Array.from(y, (label) => label * strength + random.unit() + random.unit()) }
}

describe('compareTimeSplit', () => {
  it('warns where the split by time is clearly worse, in words and figures', () => {
    const [randomAuc, timeAuc] = [scored(0.9, 1), scored(0.3, 2)]
    const { difference, text, trap } = compareTimeSplit({ randomAuc, timeAuc })
    const estimate = rocAucScore(randomAuc.y, randomAuc.score) - rocAucScore(timeAuc.y, timeAuc.score)
    expect(difference.estimate).toBeCloseTo(estimate, 12)
    expect(difference.lower).toBeGreaterThan(0)
    expect(trap).toMatchObject({ code: 'TIME_SPLIT', severity: 'warn', message: text })
    expect(text).toMatch(/^Tested as it will be used, .* a loss of 0\.\d{3} \(95 % interval 0\.\d{3} to 0\.\d{3}\)\.$/)
  })

  it('has an interval that holds the true difference about as often as it says', () => {
    const truth = compareTimeSplit({ randomAuc: scored(0.9, 1, 200_000), timeAuc: scored(0.6, 2, 200_000) })
    let nHolding = 0
    for (let seed = 0; seed < 200; seed++) {
      const parts = { randomAuc: scored(0.9, 100 + seed, 300), timeAuc: scored(0.6, 900 + seed, 300) }
      const { lower, upper } = compareTimeSplit(parts).difference
      if (lower <= truth.difference.estimate && truth.difference.estimate <= upper) nHolding++
    }
    // Expected are 190 of 200; 4 standard deviations of a share of 0.95 are 12.
    expect(nHolding).toBeGreaterThanOrEqual(178)
  })

  it('does not warn of a loss that may be luck, is too small to matter, or is a gain', () => {
    const same = compareTimeSplit({ randomAuc: scored(0.6, 1, 300), timeAuc: scored(0.6, 2, 300) })
    expect(same.trap).toBeUndefined()
    expect(same.text).toContain('about as well')
    const small = compareTimeSplit({ randomAuc: scored(0.9, 1, 100_000), timeAuc: scored(0.87, 1, 100_000) })
    expect(small.difference.lower).toBeGreaterThan(0)
    expect(small).not.toHaveProperty('trap')
    expect(small.text).toContain('slightly worse')
    expect(compareTimeSplit({ randomAuc: scored(0.3, 1), timeAuc: scored(0.9, 2) }).text).toContain('a gain of')
  })

  it('compares nothing where a part has one class', () => {
    const none = { y: new Uint8Array(9), score: new Float64Array(9) }
    const { difference, text, trap } = compareTimeSplit({ randomAuc: scored(1, 1), timeAuc: none })
    expect(difference).toEqual({ estimate: NaN, lower: NaN, upper: NaN })
    expect(text).toContain('rows of one class only')
    expect(trap).toBeUndefined()
  })
})

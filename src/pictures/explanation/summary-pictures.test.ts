import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawn, faultsOf } from '../drawn.fixture.ts'
import { allUnits, explainedRows } from './explanation.fixture.ts'
import { shapBarPicture } from './shap-bar.ts'
import { shapSummaryPicture, type SummaryFeature } from './shap-summary.ts'
import { swarmOffsets } from './swarm.ts'

const features = explainedRows(60)
const constant: SummaryFeature = {
  name: 'constant',
  kind: 'number',
  values: [3, 3],
  contributions: [0, 0],
  meanAbs: 0,
}
const absent: SummaryFeature = { ...constant, name: 'absent', values: [null, null] }

describe('shapSummaryPicture', () => {
  it('has a row for each feature in the order given, a dot for each sampled row, and the axis named', () => {
    const { dots, words } = drawn(shapSummaryPicture({ unit: 'logOdds', features }))
    for (const { name } of features) expect(dots(name)).toHaveLength(60)
    expect(words.filter((text) => features.some(({ label }) => label === text))).toEqual(
      features.map(({ label }) => label),
    )
    expect(words).toContain('← lowers · contribution (log-odds) · raises →')
    expect(words).toEqual(expect.arrayContaining(['low', 'high value', 'each category its own', 'missing']))
  })

  it('lays dots to the right of zero where they raise the score, and to the left where they lower it', () => {
    const feature = { ...constant, name: 'raising', values: [1, 2], contributions: [-0.5, 0.5], meanAbs: 0.5 }
    const { dots, nMarks } = drawn(shapSummaryPicture({ unit: 'logOdds', features: [feature, constant] }))
    const [{ x: zero }] = dots('constant')
    const [left, right] = dots('raising').toSorted((a, b) => a.x - b.x)
    expect([left.colour, right.colour]).toEqual(['scale1', 'scale7'])
    expect(right.x - zero).toBeCloseTo(zero - left.x, 0)
    expect(right.x - left.x).toBeGreaterThan(100)
    expect(nMarks('rows')).toBe(2)
  })

  it('draws some of very many rows and of many features, and says so', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ ...explainedRows(1200)[0], name: `feature ${i}` }))
    const { text, dots, words } = drawn(shapSummaryPicture({ unit: 'logOdds', features: many, mostFeatures: 12 }), 900)
    expect(words[0]).toBe('1,200 sampled rows, a dot for 500 of them · the first 12 of 30 features')
    expect(dots('feature 11')).toHaveLength(500)
    expect(text).not.toContain('feature 12')
    expect(text.length).toBeLessThan(200_000)
  })

  it('tells probabilities in percentage points', () => {
    const { text, words } = drawn(
      shapSummaryPicture({ unit: 'probability', features: [{ ...constant, meanAbs: 0.123 }] }),
    )
    expect(text).toContain('constant 12.30 pp')
    expect(words.join()).toContain('percentage points of probability')
  })

  it.each<[string, SummaryFeature[]]>([
    ['many rows', features],
    ['one row', explainedRows(1)],
    ['no row', explainedRows(0)],
    ['no feature', []],
    ['a feature that never changes', [constant]],
    ['one that is never there', [absent]],
    ['markup in names and values', [{ ...constant, name: '<b>&"', kind: 'category', values: ['<i>', '"'] }]],
  ])('is sound for %s', (_, features) => {
    for (const unit of allUnits) {
      expect(faultsOf(shapSummaryPicture({ unit, features }))).toEqual([])
    }
  })
})

describe('swarmOffsets', () => {
  const lying = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { maxLength: 200 })

  it('keeps each dot in its row, alone ones in the middle, and parts those of one spot', () => {
    expect([...swarmOffsets([0, 1, 1, 1], [0, 1], 2)]).toEqual(
      [0, 0, 0.5, -0.5].map((offset) => expect.closeTo(offset)),
    )
    fc.assert(
      fc.property(lying, fc.integer({ min: 1, max: 8 }), (places, layers) => {
        const offsets = swarmOffsets(places, [-2, 2], layers)
        for (const offset of offsets) expect(Math.abs(offset)).toBeLessThanOrEqual(1)
        const spots = new Set(places.map((place, i) => `${place} ${offsets[i]}`))
        expect(spots.size).toBe(places.length)
      }),
    )
  })

  it('piles up the same whatever lies elsewhere', () => {
    const near = swarmOffsets([0.1, 0.1, 0.1], [0, 1], 4)
    const mixed = swarmOffsets([0.9, 0.1, 0.9, 0.1, 0.1], [0, 1], 4)
    expect([1, 3, 4].map((i) => mixed[i])).toEqual([...near])
  })
})

describe('shapBarPicture', () => {
  const bars = features.map((feature) => ({
    ...feature,
    lower: feature.meanAbs * 0.9,
    upper: feature.meanAbs * 1.1,
  }))

  it('has a bar and an interval for each feature in the order given', () => {
    const { nMarks, words } = drawn(shapBarPicture({ unit: 'logOdds', features: bars }))
    expect([nMarks('contributions'), nMarks('intervals'), nMarks('rows')]).toEqual([4, 4, 4])
    expect(words.slice(0, 4)).toEqual(features.map(({ label }) => label))
    expect(words).toContain('mean |contribution| (log-odds), 95 % interval')
  })

  it('says how many of all features it shows', () => {
    expect(drawn(shapBarPicture({ unit: 'logOdds', features: bars, mostFeatures: 2 })).words[0]).toBe(
      'the first 2 of 4 features',
    )
  })

  it.each<[string, typeof bars]>([
    ['many features', bars],
    ['one without effect', [{ ...constant, lower: 0, upper: 0 }]],
    ['none', []],
  ])('is sound for %s', (_, features) => {
    for (const unit of allUnits) {
      expect(faultsOf(shapBarPicture({ unit, features }))).toEqual([])
    }
  })
})

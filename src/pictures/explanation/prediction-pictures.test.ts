import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawn, faultsOf } from '../drawn.fixture.ts'
import { allUnits, explainedPrediction } from './explanation.fixture.ts'
import { stepsOf } from './waterfall-steps.ts'
import { waterfallPicture } from './waterfall.ts'

const { contributions } = explainedPrediction

describe('stepsOf', () => {
  it('puts the largest first, whichever way they go, and the rest together', () => {
    const steps = stepsOf(explainedPrediction, 3)
    expect(steps.map(({ label, value }) => [label, value])).toEqual([
      ['base value', undefined],
      ['prior denials', '3'],
      ['billed amount', '1251'],
      ['place of service', 'outpatient hospital ward'],
      ['3 other features', undefined],
      ['raw score', undefined],
    ])
  })

  it('gives a single one that is left a row of its own', () => {
    const labels = stepsOf(explainedPrediction, 5).map(({ label }) => label)
    expect(labels).toHaveLength(contributions.length + 2)
    expect(labels.join()).not.toContain('other')
  })

  it('goes from the base value to the sum of all without a gap, however many are shown', () => {
    const some = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 30 })
    fc.assert(
      fc.property(
        some,
        fc.double({ min: -2, max: 2, noNaN: true }),
        fc.integer({ min: 0, max: 12 }),
        (all, base, most) => {
          const raw = all.reduce((sum, one) => sum + one, base)
          const given = all.map((contribution, i) => ({ name: `x${i}`, value: i, contribution }))
          const steps = stepsOf({ baseValue: base, raw, contributions: given }, most)
          for (let i = 1; i < steps.length - 1; i++) expect(steps[i].from).toBe(steps[i - 1].to)
          expect(steps.at(-2)!.to).toBeCloseTo(raw, 9)
          expect(steps.at(-1)!.to).toBe(raw)
          expect(steps.length).toBeLessThanOrEqual(most + 3)
        },
      ),
    )
  })
})

describe('waterfallPicture', () => {
  it('names each feature with its value and writes what it did', () => {
    const { words, nMarks } = drawn(waterfallPicture(explainedPrediction), 900)
    expect(nMarks('contributions')).toBe(6)
    expect(nMarks('connections')).toBe(7)
    expect(nMarks('ends')).toBe(2)
    expect(words[0]).toBe('base value −1.204 · raw score −0.344 (log-odds) · answered score 0.414')
    const told = [
      'prior denials = 3',
      'service date = 2023-03-01',
      'network = yes',
      'age = missing',
      '+0.620',
      '−0.210',
    ]
    expect(words).toEqual(expect.arrayContaining(told))
    expect(words).toContain('raw score (log-odds)')
  })

  it('colours by the direction, and says so in words', () => {
    const { text, words } = drawn(waterfallPicture(explainedPrediction))
    const bars = text.match(/<g [^>]*aria-label="contributions".*?<\/g>/)![0]
    expect([bars.match(/--a-raises/g)!.length, bars.match(/--a-lowers/g)!.length]).toEqual([4, 2])
    expect(words).toEqual(expect.arrayContaining(['raises the score', 'lowers it']))
  })

  it('keeps a part of the value where there is little room', () => {
    const { words } = drawn(waterfallPicture(explainedPrediction), 320)
    expect(words).toContain('place… = outpatie…')
  })

  it('tells probabilities in percent, and steps between them in percentage points', () => {
    const input = { ...explainedPrediction, unit: 'probability' as const, baseValue: 0.2, raw: 1.06 }
    const { words } = drawn(waterfallPicture(input), 900)
    expect(words).toEqual(expect.arrayContaining(['20.0 %', '+62.00 pp', '−21.00 pp', 'raw score (%)']))
  })

  it('leaves the unit to the axis where there is little room', () => {
    const input = { ...explainedPrediction, unit: 'probability' as const, baseValue: 0.2, raw: 1.06 }
    expect(drawn(waterfallPicture(input), 320).words).toContain('+62.00')
  })

  it.each([
    ['many features', contributions],
    ['one', contributions.slice(0, 1)],
    ['one that does nothing', [{ name: 'x', value: 1, contribution: 0 }]],
    ['none', []],
    ['markup', [{ name: '<b>', value: '<i>"&', contribution: 1 }]],
    ['a name that nobody could read', [{ name: 'long '.repeat(40), value: 'longer '.repeat(40), contribution: -1 }]],
  ])('is sound for %s', (_, contributions) => {
    const raw = contributions.reduce((sum, one) => sum + one.contribution, 0)
    for (const unit of allUnits) {
      expect(faultsOf(waterfallPicture({ unit, baseValue: 0, raw, contributions }))).toEqual([])
    }
  })
})

import { describe, expect, it } from 'vitest'
import { contributionText, rawText, sizeText } from './contribution.ts'
import { explainedPrediction } from './explanation.fixture.ts'
import { drawn } from '../drawn.fixture.ts'
import { waterfallPicture } from './waterfall.ts'

describe('figures of contributions', () => {
  it('have as many decimals as their unit wants', () => {
    expect(contributionText(0.4213, 'logOdds')).toBe('+0.421')
    expect(contributionText(-0.032, 'probability')).toBe('−3.20 pp')
    expect(contributionText(0.4213, 'logTarget')).toBe('+0.421')
    expect(contributionText(-0.4213, 'softmaxScore')).toBe('−0.421')
    expect(sizeText(-0.4213, 'softmaxScore')).toBe('0.421')
  })

  it('have four significant digits in the unit of the target, which may be of any size', () => {
    expect(contributionText(12_345.6, 'target')).toBe('+12,346')
    expect(contributionText(-1.23456, 'target')).toBe('−1.235')
    expect(contributionText(0.000123456, 'target')).toBe('+0.0001235')
    expect(rawText(-1350.4, 'target')).toBe('−1350')
  })

  it('have no sign where they are nothing', () => {
    for (const unit of ['logOdds', 'target', 'logTarget', 'softmaxScore'] as const) {
      expect(Number(contributionText(-0, unit))).toBe(0)
      expect(contributionText(0, unit)).not.toMatch(/[+−]/)
    }
    expect(contributionText(-0.00001, 'logTarget')).toBe('0.000')
  })
})

describe('waterfallPicture', () => {
  it('names the unit of the raw score', () => {
    const headline = (unit: 'target' | 'logTarget' | 'softmaxScore'): string =>
      drawn(waterfallPicture({ ...explainedPrediction, unit, score: undefined }), 900).words[0]
    expect(headline('target')).toBe('base value −1.204 · raw score −0.344 (unit of the target)')
    expect(headline('logTarget')).toBe('base value −1.204 · raw score −0.344 (logarithm of the target)')
    expect(headline('softmaxScore')).toBe('base value −1.204 · raw score −0.344 (score before the softmax)')
  })
})

import { describe, expect, it } from 'vitest'
import type { PredictionExplanation } from '../../api/types.ts'
import { explanationSentences, meanSizeTitle, rawWords } from './words.ts'

const prediction: PredictionExplanation = {
  predictionId: 'p1',
  erased: false,
  model: 'claims-denial',
  version: '1.0.0',
  unit: 'logOdds',
  baseValue: -1.2,
  raw: -0.69,
  score: 1 / (1 + Math.exp(0.69)),
  contributions: [
    { feature: 'prior_denials', value: 3, contribution: 0.42 },
    { feature: 'in_network', value: false, contribution: 0.2 },
    { feature: 'region', value: null, contribution: -0.11 },
    { feature: 'claimant_sex', value: 'f', contribution: 0 },
  ],
}

const many = (n: number) =>
  Array.from({ length: n }, (_, i) => ({ feature: `x${i}`, value: i, contribution: -0.1 / (i + 1) }))

describe('explanationSentences', () => {
  it('tells the way from the base value to the score, and passes over what did nothing', () => {
    expect(explanationSentences(prediction)).toEqual([
      'Before it looks at anything, the model is at −1.200 log-odds (23.1 %).',
      'Prior denials = 3 raised the log-odds by 0.42: the odds times 1.52.',
      'In network = no raised the log-odds by 0.2: the odds times 1.22.',
      'Region = missing lowered the log-odds by 0.11: the odds times 0.896.',
      'That makes −0.690 log-odds (33.4 %), answered as the score 0.334.',
    ])
  })

  it('says so when the score was calibrated', () => {
    expect(explanationSentences({ ...prediction, score: 0.29 }).at(-1)).toBe(
      'That makes −0.690 log-odds (33.4 %); calibrated, it became the score 0.290.',
    )
  })

  it('tells probabilities in percent and percentage points', () => {
    const contributions = [{ feature: 'age', value: 71.5, contribution: -0.031 }]
    const sentences = explanationSentences({
      ...prediction,
      unit: 'probability',
      raw: 0.25,
      score: 0.25,
      contributions,
    })
    expect(sentences[1]).toBe('Age = 71.5 lowered the probability by 3.1 percentage points.')
    expect(sentences[2]).toBe('That makes 25.0 %, answered as the score 0.250.')
  })

  it('tells a number foretold in the unit of the target', () => {
    const contributions = [{ feature: 'age', value: 71.5, contribution: -120.5 }]
    const number = { ...prediction, unit: 'target' as const, baseValue: 1470.5, raw: 1350, score: 1350, contributions }
    expect(explanationSentences(number)).toEqual([
      'Before it looks at anything, the model is at 1,471.',
      'Age = 71.5 lowered what is foretold by 121.',
      'That makes 1,350, answered as 1,350.',
    ])
  })

  it('tells logarithms of a number with the number', () => {
    const contributions = [{ feature: 'age', value: 71.5, contribution: Math.log(2) }]
    const given = { baseValue: Math.log(5), raw: Math.log(10), score: 10, contributions }
    expect(explanationSentences({ ...prediction, unit: 'logTarget', ...given })).toEqual([
      'Before it looks at anything, the model is at 1.609 as logarithm of the target (5).',
      'Age = 71.5 raised the logarithm of the target by 0.693: the target times 2.',
      'That makes 2.303 as logarithm of the target (10), answered as 10.',
    ])
  })

  it('tells the score of a class, of which alone no probability follows', () => {
    const contributions = [{ feature: 'age', value: 71.5, contribution: Math.log(3) }]
    const given = { baseValue: 0.1, raw: 0.1 + Math.log(3), score: 0.6, contributions }
    expect(explanationSentences({ ...prediction, unit: 'softmaxScore', ...given })).toEqual([
      'Before it looks at anything, the model is at 0.100 before the softmax.',
      'Age = 71.5 raised the score of the class by 1.1: its odds against any other times 3.',
      'That makes 1.199 before the softmax, answered as the score 0.600.',
    ])
  })

  it('sums up what comes after the sixth, unless it is a single one', () => {
    const seven = explanationSentences({ ...prediction, contributions: many(7) })
    expect(seven).toHaveLength(9)
    expect(seven.join()).not.toContain('together')
    const eight = explanationSentences({ ...prediction, contributions: many(8) })
    expect(eight).toHaveLength(9)
    expect(eight[7]).toBe('The other 2 features together lowered the log-odds by 0.0268: the odds times 0.974.')
  })

  it('has sentences for a model that reads nothing', () => {
    expect(explanationSentences({ ...prediction, contributions: [] })).toHaveLength(2)
  })
})

it('gives raw scores the probability they stand for', () => {
  expect(rawWords(0, 'logOdds')).toBe('0.000 log-odds (50.0 %)')
  expect(rawWords(0.125, 'probability')).toBe('12.5 %')
})

it('heads mean sizes by their unit, unless the figures name it', () => {
  expect(meanSizeTitle('logOdds')).toBe('Mean size (log-odds)')
  expect(meanSizeTitle('probability')).toBe('Mean size')
  expect(meanSizeTitle('target')).toBe('Mean size (unit of the target)')
})

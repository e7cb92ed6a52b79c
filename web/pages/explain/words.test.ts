import { describe, expect, it } from 'vitest'
import type { PredictionExplanation } from '../../api/types.ts'
import { explanationSentences, rawWords } from './words.ts'

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

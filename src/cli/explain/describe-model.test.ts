import { expect, it } from 'vitest'
import { rawText } from './describe-model.ts'

it('says raw scores with their unit', () => {
  expect(rawText(-1.2, 'logOdds')).toBe('−1.200 log-odds')
  expect(rawText(0.25, 'probability')).toBe('25.00 %')
  expect(rawText(1350, 'target')).toBe('+1350 in the unit of the target')
  expect(rawText(7.2, 'logTarget')).toBe('+7.200 as logarithm of the target')
  expect(rawText(0.31, 'softmaxScore')).toBe('+0.310 before the softmax')
})

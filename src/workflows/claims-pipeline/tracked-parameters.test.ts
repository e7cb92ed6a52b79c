import { expect, test } from 'vitest'
import { trackedParameters } from './tracked-parameters.ts'

test('parameters are texts, objects their JSON', () => {
  const monotone = { amount: 'increasing' }
  expect(trackedParameters({ algorithm: 'gradient_boosting', nTrees: 100, maxDepth: null, monotone })).toEqual({
    algorithm: 'gradient_boosting',
    nTrees: '100',
    maxDepth: 'null',
    monotone: '{"amount":"increasing"}',
  })
})

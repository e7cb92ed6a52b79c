import { expect, it } from 'vitest'
import { parameterWords } from './parameter-words.ts'

it('names what differs from the defaults, without the seed', () => {
  expect(parameterWords({ seed: 42, nTrees: 1500, learningRate: 0.05, maxDepth: null })).toBe(
    'trees 1,500; learning rate 0.05; max depth null',
  )
  expect(parameterWords({ seed: 42 })).toBe('')
})

it('says which way the score may go', () => {
  const monotone = { billed_amount: 'increasing', age: 'decreasing', visits: 'increasing' }
  expect(parameterWords({ monotone, maxLeaves: 15 })).toBe(
    'never falls with billed_amount, visits; never rises with age; max leaves 15',
  )
})

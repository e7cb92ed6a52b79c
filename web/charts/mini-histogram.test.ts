import { expect, it } from 'vitest'
import { barHeights } from './mini-histogram.tsx'

it('gives the largest value the full height, and what is little at least a pixel', () => {
  expect(barHeights([0, 1, 500, 1_000], 20)).toEqual([0, 1, 10, 20])
})

it('draws nothing of nothing', () => {
  expect(barHeights([], 20)).toEqual([])
  expect(barHeights([0, 0], 20)).toEqual([0, 0])
})

import { expect, it } from 'vitest'
import { linePoints } from './sparkline.tsx'

it('spreads values over the width, the largest at the top', () => {
  expect(linePoints([0, 5, 10], 100, 20)).toEqual([
    [0, 20],
    [50, 10],
    [100, 0],
  ])
})

it('draws nothing but zeros along the bottom', () => {
  expect(linePoints([0, 0], 10, 20).map(([, y]) => y)).toEqual([20, 20])
})

it('survives no value and one', () => {
  expect(linePoints([], 10, 20)).toEqual([])
  expect(linePoints([3], 10, 20)).toEqual([[0, 0]])
})

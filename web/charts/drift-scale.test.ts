import { expect, it } from 'vitest'
import { driftPosition } from './drift-scale.tsx'

it('places a score on the scale and holds what is outside at its ends', () => {
  expect([-1, 0, 0.1, 0.4, 9].map(driftPosition)).toEqual([0, 0, 0.25, 1, 1])
})

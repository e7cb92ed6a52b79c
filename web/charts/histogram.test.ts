import { expect, it } from 'vitest'
import { binShares } from './histogram.ts'

it('gives each set shares that add up to one, whatever their sizes', () => {
  const rows = binShares([
    { label: 'low', reference: 300, current: 1 },
    { label: 'high', reference: 100, current: 3 },
  ])
  expect(rows).toEqual([
    { label: 'low', set: 'Reference', share: 0.75 },
    { label: 'low', set: 'Current', share: 0.25 },
    { label: 'high', set: 'Reference', share: 0.25 },
    { label: 'high', set: 'Current', share: 0.75 },
  ])
})

it('makes zeros, not NaN, of a set without rows', () => {
  expect(binShares([{ label: 'a', reference: 0, current: 0 }]).map((row) => row.share)).toEqual([0, 0])
})

import { expect, test } from 'vitest'
import { createThinner } from './thinner.ts'

function keptOf(n: number): number[] {
  const thinner = createThinner()
  const kept: number[] = []
  for (let x = 1; x <= n; x++) if (thinner.take({ x, y: 0 })) kept.push(x)
  const end = thinner.end()
  return end ? [...kept, end.x] : kept
}

test('a short series is kept whole', () => {
  expect(keptOf(100)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
})

test('a long one is thinned more the longer it gets, and its last point stays', () => {
  const kept = keptOf(1_000)
  expect(kept.slice(99, 102)).toEqual([100, 102, 104])
  expect(kept.at(-1)).toBe(1_000)
  expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b))
  expect([keptOf(1_000).length, keptOf(1_000_000).length]).toEqual([338, 1_323])
})

test('the end is told once', () => {
  const thinner = createThinner()
  for (let x = 1; x <= 101; x++) thinner.take({ x, y: 0 })
  expect([thinner.end()?.x, thinner.end()]).toEqual([101, undefined])
})

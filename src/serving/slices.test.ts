import { expect, test } from 'vitest'
import { inSlices } from './slices.ts'

test('every index is worked once, in order', async () => {
  for (const n of [0, 1, 63, 64, 65, 10_000]) {
    const seen: number[] = []
    await inSlices(n, (from, to) => {
      for (let i = from; i < to; i++) seen.push(i)
    })
    expect(seen).toEqual(Array.from({ length: n }, (_, i) => i))
  }
})

test('slow work is cut into small slices with turns for others between them', async () => {
  let nTurns = 0
  let isDone = false
  const count = () => {
    nTurns++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const sizes: number[] = []
  await inSlices(200, (from, to) => {
    sizes.push(to - from)
    const until = performance.now() + (to - from) * 0.2
    while (performance.now() < until);
  })
  isDone = true
  expect(Math.max(...sizes.slice(1))).toBeLessThanOrEqual(32)
  expect(nTurns).toBeGreaterThanOrEqual(sizes.length - 1)
})

test.each([3, 300])('what the work throws ends it, with %i indices', async (n) => {
  let nCalls = 0
  const failing = () => {
    nCalls++
    throw new Error('row 0 is bad')
  }
  await expect(async () => inSlices(n, failing)).rejects.toThrow('row 0 is bad')
  expect(nCalls).toBe(1)
})

test('a few indices are worked at once, without a turn of the loop', () => {
  const slices: number[][] = []
  expect(inSlices(64, (from, to) => slices.push([from, to]))).toBeUndefined()
  expect(slices).toEqual([[0, 64]])
})

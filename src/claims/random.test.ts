import { expect, test } from 'vitest'
import { streamSeed } from './random.ts'

test('no two of many seeds and blocks share a stream', () => {
  const seen = new Set<number>()
  for (let seed = 0; seed < 40; seed++) for (let block = 0; block < 100; block++) seen.add(streamSeed(seed, block))
  expect(seen.size).toBe(4_000)
})

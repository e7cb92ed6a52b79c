import { describe, expect, it } from 'vitest'
import { place } from './testing/place.ts'

describe('philox', () => {
  const { kernels } = place({})

  // Known answers from Random123 (tests/kat_vectors, philox2x32 10): counter low, counter high, key -> two words.
  it.each([
    { counter: [0x00000000, 0x00000000], key: 0x00000000, words: [0xff1dae59, 0x6cd10df2] },
    { counter: [0xffffffff, 0xffffffff], key: 0xffffffff, words: [0x2c3f628b, 0xab4fd7ad] },
    { counter: [0x243f6a88, 0x85a308d3], key: 0x13198a2e, words: [0xdd7ce038, 0xf62a4c12] },
  ])('gives the published words for the counter $counter under the key $key', ({ counter, key, words }) => {
    const block = BigInt.asUintN(64, kernels.philox(key, counter[0], counter[1]))
    expect([Number(block & 0xffffffffn), Number(block >> 32n)]).toEqual(words)
  })
})

// Philox2x32-10, a counter-based generator: word k of stream s under a key is a pure function of (key, s, k), so a tree
// draws the same numbers whichever thread grows it. Source: Salmon et al. (2011), "Parallel random numbers: as easy as
// 1, 2, 3", SC '11. The known answers of the authors' Random123 are in the tests.

const MULTIPLIER: u64 = 0xd256d193
const WEYL: u32 = 0x9e3779b9

/** Two words for the counter (low, high) under `key`: the first in the low half, the second in the high half. */
export function philox(key: u32, low: u32, high: u32): u64 {
  for (let round = 0; round < 10; round++) {
    const product = MULTIPLIER * <u64>low
    low = <u32>(product >> 32) ^ key ^ high
    high = <u32>product
    key += WEYL
  }
  return (<u64>high << 32) | <u64>low
}

/** Position in one stream. `spare` is the second word of the block that an even `position` computed. */
@unmanaged
export class Random {
  key: u32
  stream: u32
  position: u32
  spare: u32
}

/** The next word of the stream. */
export function nextWord(random: Random): u32 {
  const position = random.position++
  if (position & 1) return random.spare
  const block = philox(random.key, position >> 1, random.stream)
  random.spare = <u32>(block >> 32)
  return <u32>block
}

/** An integer in [0, n): the high half of word x n. Its bias is below n / 2^32. */
@inline
export function nextBelow(random: Random, n: u32): u32 {
  return <u32>((<u64>nextWord(random) * <u64>n) >> 32)
}

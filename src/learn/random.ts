const MULTIPLIER = 0xd256d193
const WEYL = 0x9e3779b9

/** A stream of random numbers. Two with the same seed and stream give the same numbers, on every machine. */
export type Random = {
  /** An integer in [0, n), n up to 2^32; its bias is below n / 2^32. */
  below(n: number): number
  /** A number in [0, 1), a multiple of 2^-32. */
  unit(): number
}

/**
 * Philox2x32-10 as a stream (Salmon et al. 2011; the forest kernels use the same generator). It is counter-based: the
 * numbers are a pure function of (seed, stream, position), so streams of different tasks never overlap.
 * @param seed integer in [0, 2^32)
 * @param stream integer in [0, 2^32), for independent streams under one seed
 */
export function createRandom(seed: number, stream = 0): Random {
  let position = 0
  let spare = 0
  const word = (): number => {
    const isSecond = position % 2 === 1
    position++
    if (isSecond) return spare
    const [first, second] = philox2x32(seed, (position - 1) / 2, stream)
    spare = second
    return first
  }
  return { below: (n) => Math.floor((word() / 2 ** 32) * n), unit: () => word() / 2 ** 32 }
}

/** Two words of Philox2x32-10 for the counter (low, high) under a key. */
export function philox2x32(key: number, low: number, high: number): [number, number] {
  for (let round = 0; round < 10; round++) {
    const productHigh = multiplyHigh(MULTIPLIER, low)
    const productLow = Math.imul(MULTIPLIER, low) >>> 0
    low = (productHigh ^ key ^ high) >>> 0
    high = productLow
    key = (key + WEYL) >>> 0
  }
  return [low, high]
}

/** The upper 32 bits of the 64-bit product of two 32-bit numbers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff
  const aHigh = a >>> 16
  const bLow = b & 0xffff
  const bHigh = b >>> 16
  const carry = Math.floor((aLow * bLow) / 0x1_0000)
  const middle = aHigh * bLow + carry
  const rest = aLow * bHigh + (middle % 0x1_0000)
  return aHigh * bHigh + Math.floor(middle / 0x1_0000) + Math.floor(rest / 0x1_0000)
}

/** Shuffles in place, every order equally likely (Fisher-Yates). */
export function shuffle<Values extends { [index: number]: number; readonly length: number }>(
  values: Values,
  random: Random,
): Values {
  for (let i = values.length - 1; i > 0; i--) {
    const j = random.below(i + 1)
    const value = values[i]
    values[i] = values[j]
    values[j] = value
  }
  return values
}

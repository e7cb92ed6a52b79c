/** Claims of one block come from one stream, so any claim can be made without those before its block. */
export const BLOCK = 256

/**
 * State of the stream of a block under a seed. The seed is mixed before the block comes in: joined by XOR alone, block 1 of seed 2
 * would be block 2 of seed 1, and two data sets of different seeds would share their claims.
 */
export function streamSeed(seed: number, block: number): number {
  const low = mix(mix(seed >>> 0) ^ (block >>> 0))
  return mix(low ^ (Math.floor(block / 2 ** 32) + 0x9e3779b9))
}

/** Finaliser of MurmurHash3: every bit of the input changes about half of the output. */
function mix(word: number): number {
  let h = (word + 0x9e3779b9) | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** mulberry32: a small fast generator, uniform in [0, 1) with 32 random bits. Good enough for sampling, not for secrets. */
export class Random {
  #state: number
  #spare = NaN

  constructor(seed: number) {
    this.#state = seed
  }

  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** Whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n)
  }

  /** Standard normal (Box-Muller, both values used). */
  normal(): number {
    if (!Number.isNaN(this.#spare)) {
      const value = this.#spare
      this.#spare = NaN
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}

/** Claims of one block come from one stream, so any claim can be made without those before its block. */
export const BLOCK = 256

/** Mixes a seed and a block number into the state of a stream (splitmix32 steps). */
export function streamSeed(seed: number, block: number): number {
  let h = (seed ^ 0x9e3779b9) >>> 0
  for (const word of [block >>> 0, Math.floor(block / 2 ** 32) >>> 0]) {
    h = Math.imul(h ^ word, 0x85ebca6b) >>> 0
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35) >>> 0
    h = (h ^ (h >>> 16)) >>> 0
  }
  return h
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

import type { Random } from '../../src/learn/index.ts'

/** One of these, each equally likely. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random.below(items.length)]
}

/** True with this probability. */
export function chance(random: Random, probability: number): boolean {
  return random.unit() < probability
}

/** A normally distributed number (Box & Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit())
}

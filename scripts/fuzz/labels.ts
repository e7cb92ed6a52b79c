import type { Column, Random } from '../../src/learn/index.ts'
import { chance, pick } from './draw.ts'

/** Labels of two or more rows, both classes present: at random, rare, or decided by the first column. */
export function drawLabels(random: Random, columns: readonly Column[], nRows: number): Uint8Array {
  const share = pick(random, [0.5, 0.5, 0.1, 0.9, 0])
  const [first] = columns
  const middle = first.kind === 'number' ? first.values[random.below(nRows)] : first.levels.length / 2
  const isDecided = chance(random, 0.5)
  const y = Uint8Array.from({ length: nRows }, (_, row) => {
    const value = first.kind === 'number' ? first.values[row] : first.codes[row]
    if (isDecided && chance(random, 0.9)) return value > middle ? 1 : 0
    return chance(random, share) ? 1 : 0
  })
  // A share of 0 leaves one positive row, anywhere.
  const one = random.below(nRows)
  y[one] = 1
  y[(one + 1) % nRows] = 0
  return y
}

/** Weights: most often none, else equal, whole, spread over sixty powers of ten, or with rows that do not count. */
export function drawWeights(random: Random, y: Uint8Array): Float64Array | undefined {
  const kind = pick(random, ['none', 'none', 'none', 'equal', 'whole', 'spread', 'zeros', 'tiny', 'huge'])
  if (kind === 'none') return undefined
  const scale = 10 ** (random.below(61) - 30)
  const draw: Record<string, () => number> = {
    equal: () => scale,
    whole: () => 1 + random.below(9),
    spread: () => 10 ** (60 * random.unit() - 30),
    zeros: () => random.below(3),
    tiny: () => 1e-30 * (1 + random.below(5)),
    huge: () => 1e30 / (1 + random.below(5)),
  }
  const weights = Float64Array.from(y, () => draw[kind]())
  if (kind === 'zeros') for (const label of [0, 1]) weights[y.indexOf(label)] = 1
  return weights
}

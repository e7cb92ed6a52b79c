import type { Column, Random, Table } from '../../src/learn/index.ts'
import { chance, normal, pick } from './draw.ts'

/** Labels of two or more rows, both classes present: at random, rare, or decided by the first column. */
export function drawLabels(random: Random, { nRows, columns }: Table): Float64Array {
  const share = pick(random, [0.5, 0.5, 0.1, 0.9, 0])
  const isDecided = chance(random, 0.5)
  const middle = valueIn(columns[0], random.below(nRows))
  const y = Float64Array.from({ length: nRows }, (_, row) => {
    if (isDecided && chance(random, 0.9)) return valueIn(columns[0], row) > middle ? 1 : 0
    return chance(random, share) ? 1 : 0
  })
  // A share of 0 leaves one positive row, anywhere.
  const one = random.below(nRows)
  y[one] = 1
  y[(one + 1) % nRows] = 0
  return y
}

/** Classes of which each has at least one row: a few, or as many as can be. */
export function drawClasses(random: Random, { nRows, columns }: Table): { y: Float64Array; classes: string[] } {
  const most = Math.min(nRows, pick(random, [2, 3, 3, 5, 9, 255]))
  const nClasses = Math.min(most, nRows > 1_000 ? 5 : most)
  const isDecided = chance(random, 0.5)
  const y = Float64Array.from({ length: nRows }, (_, row) => {
    if (row < nClasses) return row
    const value = Math.abs(Math.trunc(valueIn(columns[0], row)))
    return isDecided && Number.isSafeInteger(value) ? value % nClasses : random.below(nClasses)
  })
  return { y, classes: Array.from({ length: nClasses }, (_, k) => (k === 0 ? '__proto__' : `class ${k}`)) }
}

/** Numbers that the loss takes: small and large, equal, with zeros or far from them. */
export function drawTargets(random: Random, { nRows, columns }: Table, loss: string): Float64Array {
  const scale = pick(random, [1, 1, 100, 1e-30, 1e15 / 8, 1e9])
  const kind = pick(random, ['normal', 'constant', 'far', 'amounts', 'decided'])
  const draw: Record<string, (row: number) => number> = {
    normal: () => scale * Math.max(-8, Math.min(8, normal(random))),
    constant: () => scale,
    // Large and close together.
    far: () => 1e12 + random.below(3),
    amounts: () => (chance(random, 0.7) ? 0 : scale * random.unit() ** 4),
    decided: (row) => {
      const value = valueIn(columns[0], row)
      return Number.isFinite(value) && Math.abs(value) < 1e14 ? value : 1
    },
  }
  const y = Float64Array.from({ length: nRows }, (_, row) => draw[kind](row))
  if (loss === 'squared' || loss === 'absolute') return y
  const least = loss === 'gamma' ? 1e-30 : 0
  const positive = y.map((value) => Math.max(least, Math.abs(value)))
  // Losses that learn a logarithm want something above zero.
  positive[random.below(nRows)] ||= 1
  return positive
}

function valueIn(column: Column, row: number): number {
  return column.kind === 'number' ? column.values[row] : column.codes[row]
}

/** Weights: most often none, else equal, whole, spread over sixty powers of ten, or with rows that do not count. */
export function drawWeights(random: Random, y: Float64Array, task: string): Float64Array | undefined {
  const kind = pick(random, ['none', 'none', 'none', 'equal', 'whole', 'spread', 'zeros', 'tiny', 'huge', 'vanishing'])
  if (kind === 'none') return undefined
  const scale = 10 ** (random.below(61) - 30)
  const draw: Record<string, () => number> = {
    equal: () => scale,
    whole: () => 1 + random.below(9),
    spread: () => 10 ** (60 * random.unit() - 30),
    zeros: () => random.below(3),
    tiny: () => 1e-30 * (1 + random.below(5)),
    huge: () => 1e30 / (1 + random.below(5)),
    // Above zero, but not as float32.
    vanishing: () => pick(random, [1, 1e-60]),
  }
  const weights = Float64Array.from(y, () => draw[kind]())
  // Some row of each class counts; of numbers, all the largest do, so that a sum above zero stays.
  const firsts = task === 'regression' ? [y.reduce((best, value, row) => (value > y[best] ? row : best), 0)] : undefined
  for (const row of firsts ?? [...new Set(y)].map((label) => y.indexOf(label)))
    if (weights[row] < 1e-30) weights[row] = 1
  if (task !== 'regression') return weights
  // A number times its weight is to stay below 1e30.
  return weights.map((weight, row) => Math.min(weight, 1e29 / Math.max(1, Math.abs(y[row]))))
}

import { createRandom, type TrainingData } from '../../src/learn/index.ts'
import { drawColumns } from './columns.ts'
import { chance, pick } from './draw.ts'
import { drawLabels, drawWeights } from './labels.ts'
import { drawOptions } from './options.ts'
import { spoil } from './spoil.ts'

/** A training, and the code it must be refused with, if it must. */
export type FuzzCase = {
  seed: number
  algorithm: 'gradient_boosting' | 'random_forest'
  data: TrainingData
  options: Record<string, unknown>
  refusedWith?: string
}

const rowCounts = [2, 2, 3, 5, 8, 20, 20, 60, 60, 150, 150, 400]

/** The case of a seed: a small table of any kind, options at their limits or between. */
export function makeCase(seed: number): FuzzCase {
  const random = createRandom(seed, 0xf022)
  const algorithm = pick(random, ['gradient_boosting', 'gradient_boosting', 'random_forest'] as const)
  const isLarge = chance(random, 0.01)
  const nRows = isLarge ? pick(random, [2_600, 2_600, 5_000, 65_000]) : pick(random, rowCounts)
  const columns = drawColumns(random, nRows)
  const y = drawLabels(random, columns, nRows)
  // A forest takes no weights.
  const weights = algorithm === 'gradient_boosting' ? drawWeights(random, y) : undefined
  const table = { nRows, columns }
  const fuzzCase: FuzzCase = {
    seed,
    algorithm,
    data: { table, y, ...(weights ? { weights } : {}), target: 'y', positive: '1' },
    options: drawOptions(random, algorithm),
  }
  return chance(random, 0.08) ? spoil(fuzzCase, random) : fuzzCase
}

/** The code that a case must be refused with: of its fault, or because rows are to be held out of a class that has one row. */
export function expectedRefusal({ algorithm, data, options, refusedWith }: FuzzCase): string | undefined {
  if (refusedWith !== undefined) return refusedWith
  if (algorithm !== 'gradient_boosting' || typeof options.patience !== 'number') return undefined
  const { y, weights } = data
  const counts = [0, 0]
  y.forEach((label, row) => {
    if (weights?.[row] !== 0) counts[label]++
  })
  return Math.min(...counts) < 2 ? 'SPLIT_CLASS_TOO_SMALL' : undefined
}

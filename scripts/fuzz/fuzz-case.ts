import { createRandom, type Random, type Table } from '../../src/learn/index.ts'
import { drawColumns } from './columns.ts'
import { chance, pick } from './draw.ts'
import { drawClasses, drawLabels, drawTargets, drawWeights } from './targets.ts'
import { drawOptions } from './options.ts'
import { spoil } from './spoil.ts'

/** Rows to learn from: labels, class numbers or numbers, whatever the task wants. */
export type FuzzData = {
  table: Table
  y: Float64Array
  weights?: Float64Array
  /** Names of the classes of a task of several. */
  classes?: string[]
}

/** A training, and the code it must be refused with, if it must. */
export type FuzzCase = {
  seed: number
  task: 'binary' | 'multiclass' | 'regression'
  algorithm: 'gradient_boosting' | 'random_forest' | 'extra_trees'
  data: FuzzData
  options: Record<string, unknown>
  refusedWith?: string
}

const rowCounts = [2, 2, 3, 5, 8, 20, 20, 60, 60, 150, 150, 400]

/** Tasks and algorithms; boosting of two classes is drawn twice as often. */
const drawnKinds = [
  ['binary', 'gradient_boosting'],
  ['binary', 'gradient_boosting'],
  ['binary', 'random_forest'],
  ['binary', 'extra_trees'],
  ['multiclass', 'gradient_boosting'],
  ['multiclass', 'random_forest'],
  ['multiclass', 'extra_trees'],
  ['regression', 'gradient_boosting'],
  ['regression', 'random_forest'],
  ['regression', 'extra_trees'],
] as const

/** Each of them once. */
export const kinds = drawnKinds.slice(1)

/** The case of a seed: a small table of any kind, options at their limits or between. */
export function makeCase(seed: number): FuzzCase {
  const random = createRandom(seed, 0xf022)
  const [task, algorithm] = pick(random, drawnKinds)
  const isLarge = chance(random, 0.01)
  const nRows = isLarge ? pick(random, [2_600, 2_600, 5_000, 65_000]) : pick(random, rowCounts)
  const columns = drawColumns(random, nRows)
  const table = { nRows, columns }
  const options = drawOptions(random, { task, algorithm, columns })
  const data = { table, ...drawTarget(random, task, { table, options }) }
  const weights = drawWeights(random, data.y, task)
  const fuzzCase: FuzzCase = { seed, task, algorithm, data: { ...data, ...(weights ? { weights } : {}) }, options }
  return chance(random, 0.08) ? spoil(fuzzCase, random) : fuzzCase
}

function drawTarget(
  random: Random,
  task: FuzzCase['task'],
  { table, options }: { table: Table; options: Record<string, unknown> },
): Pick<FuzzData, 'y' | 'classes'> {
  if (task === 'regression') return { y: drawTargets(random, table, String(options.loss ?? 'squared')) }
  if (task === 'multiclass') return drawClasses(random, table)
  return { y: drawLabels(random, table) }
}

/** The code that a case must be refused with: of its fault, or because rows are to be held out where there are too few. */
export function expectedRefusal({ task, algorithm, data, options, refusedWith }: FuzzCase): string | undefined {
  if (refusedWith !== undefined) return refusedWith
  if (algorithm !== 'gradient_boosting' || typeof options.patience !== 'number') return undefined
  const counts = new Map<number, number>()
  data.y.forEach((label, row) => {
    if (data.weights?.[row] !== 0) counts.set(label, (counts.get(label) ?? 0) + 1)
  })
  const sizes = [...counts.values()]
  if (task === 'binary') return Math.min(...sizes) < 2 ? 'SPLIT_CLASS_TOO_SMALL' : undefined
  if (task === 'multiclass') return Math.max(...sizes) < 2 ? 'SPLIT_CLASS_TOO_SMALL' : undefined
  return sizes.reduce((sum, size) => sum + size, 0) < 2 ? 'TARGETS_INVALID' : undefined
}

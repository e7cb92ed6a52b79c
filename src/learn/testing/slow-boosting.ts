import type { BoostingOptions } from '../boosting/options.ts'
import type { Objective } from '../boosting/objective.ts'
import { drawForTree } from '../boosting/sampling.ts'
import { countBins, fitPreparation, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import { slowBinsOf } from './slow-forest.ts'
import { normaliserOf, roundHalfEven, slowMedian, slowPair } from './slow-losses.ts'
import {
  slowCategorySplit,
  slowNumberSplit,
  contribution,
  soft,
  valueWithin,
  type Cell,
  type SlowSplit,
} from './slow-split.ts'

type Options = Omit<BoostingOptions, 'nThreads' | 'patience' | 'holdOutShare'>

/** A node as the kernels number them; the left child of a split, the right one follows. */
export type SlowNode =
  | { kind: 'leaf'; nSamples: number; value: number }
  | { kind: 'number'; feature: number; bin: number; missingRight: boolean; left: number }
  | { kind: 'category'; feature: number; right: number[]; missingRight: boolean; left: number }

type Leaf = {
  rows: number[]
  /** Rows that the tree is not grown from. */
  others: number[]
  node: number
  depth: number
  smoothed: boolean
  /** Bounds of its value, in quanta. */
  least: number
  most: number
  split: (SlowSplit & { feature: number }) | undefined
}

const round = Math.fround

/** The finaliser of MurmurHash3. */
function mix(x: number): number {
  let h = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The power of two that keeps a sum over n rows below 2^31. */
function unitsFor(sum: number, n: number): number {
  return sum > 0 ? 2 ** Math.floor(Math.log2((2 ** 31 - 1 - n) / sum)) : 1
}

/** Sum in blocks of 1024, then over the blocks. */
function blockSum(values: readonly number[]): number {
  let total = 0
  for (let begin = 0; begin < values.length; begin += 1024) {
    total += values.slice(begin, begin + 1024).reduce((sum, value) => sum + value, 0)
  }
  return total
}

/** What is lowered: the parts of an objective that the slow version knows. */
export type SlowObjective = Pick<Objective, 'loss' | 'start' | 'power' | 'hessianFactor'>

/** As the classifier of two classes begins. */
function logisticObjective(y: ArrayLike<number>, weights: Float64Array | undefined): SlowObjective {
  const sums = [0, 0]
  for (let row = 0; row < y.length; row++) sums[y[row]] += weights?.[row] ?? 1
  return { loss: 'logistic', start: [Math.log(sums[1] / sums[0])] }
}

/**
 * Gradient boosting by its definition: every leaf looks at its own rows afresh, one feature after another, with no histograms
 * kept, no threads, no packed words. Same arithmetic, so that the trees are equal to the last bit.
 * @param data y is the label, class or target of each row, as the kernels get it
 * @returns trees round by round, in each one for each class
 */
export function slowBoosting(
  { table, y, weights }: { table: Table; y: ArrayLike<number>; weights?: Float64Array },
  options: Options,
  objective = logisticObjective(y, weights),
): { preparation: Preparation; trees: SlowNode[][] } {
  const preparation = fitPreparation(table, options.maxBins)
  const bins = Array.from(y, (_, row) => slowBinsOf(preparation, table, row))
  const weightOf = (row: number): number => (weights ? round(weights[row]) : 1)
  const nClasses = objective.start.length
  const scores = objective.start.map((start) => new Float32Array(y.length).fill(start))
  const trees: SlowNode[][] = []
  let normalisers: number[] = []
  for (let t = 0; t < options.nTrees * nClasses; t++) {
    const k = t % nClasses
    if (k === 0) normalisers = Array.from(y, (_, row) => normaliserOf(scores.map((score) => score[row])))
    const pairs = Array.from(y, (y, row) => {
      const { g, h } = slowPair(objective, { score: scores[k][row], y, normaliser: normalisers[row], classAtHand: k })
      return { g: round(g * weightOf(row)), h: round(h * weightOf(row)) }
    })
    const units = {
      gradient: unitsFor(blockSum(pairs.map(({ g }) => Math.abs(g))), y.length),
      hessian: unitsFor(blockSum(pairs.map(({ h }) => h)), y.length),
    }
    const cells = pairs.map(({ g, h }): Cell => {
      return { g: roundHalfEven(g * units.gradient), h: roundHalfEven(h * units.hessian), n: 1 }
    })
    const { rowKey, rowLimit, features } = drawForTree(t, preparation.length, options)
    const isUsed = (row: number): boolean => mix((Math.imul(row, 0x9e3779b9) + rowKey) >>> 0) <= rowLimit
    const lacking = (row: number) => ({ value: round(y[row] - scores[k][row]), weight: weightOf(row) })
    const refit = objective.loss === 'absolute' ? lacking : undefined
    const mostStep = largestStep(objective.loss)
    trees.push(growTree({ preparation, bins, cells, units, options, isUsed, features, refit, mostStep }, scores[k]))
  }
  return { preparation, trees }
}

type Growth = {
  preparation: Preparation
  bins: readonly number[][]
  cells: readonly Cell[]
  units: { gradient: number; hessian: number }
  options: Options
  isUsed: (row: number) => boolean
  features: Uint8Array
  /** What a row lacks, and its weight, where leaves say the median of that. */
  refit: ((row: number) => { value: number; weight: number }) | undefined
  /** Leaves say no more than this, up or down. */
  mostStep: number
}

function largestStep(loss: Objective['loss']): number {
  if (loss === 'poisson' || loss === 'gamma' || loss === 'tweedie') return 30
  return loss === 'logistic' || loss === 'softmax' ? 10_000 : Infinity
}

function growTree(growth: Growth, scores: Float32Array): SlowNode[] {
  const { cells, units, options } = growth
  const { maxLeaves, l1, l2, learningRate } = options
  const rows = [...cells.keys()]
  const root: Leaf = {
    rows: rows.filter(growth.isUsed),
    others: rows.filter((row) => !growth.isUsed(row)),
    node: 0,
    depth: 0,
    smoothed: false,
    least: -Infinity,
    most: Infinity,
    split: undefined,
  }
  root.split = bestSplit(growth, root)
  const leaves = [root]
  const nodes: SlowNode[] = [{ kind: 'leaf', nSamples: 0, value: 0 }]
  while (leaves.length < maxLeaves) {
    let best: Leaf | undefined
    for (const leaf of leaves) if (leaf.split && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf
    if (!best?.split) break
    const { split } = best
    const left = nodes.length
    nodes[best.node] = nodeOf(growth.preparation, split, left)
    const isRight = (row: number): boolean => split.isRight(growth.bins[row][split.feature])
    const common = { depth: best.depth + 1, smoothed: split.smoothed, split: undefined }
    const bounds = boundsOfSides(growth, best, isRight)
    const right: Leaf = {
      ...common,
      ...bounds.right,
      rows: best.rows.filter(isRight),
      others: best.others.filter(isRight),
      node: left + 1,
    }
    const [rows, others] = [best.rows, best.others].map((list) => list.filter((row) => !isRight(row)))
    Object.assign(best, { ...common, ...bounds.left, rows, others, node: left })
    leaves.push(right)
    nodes.push({ kind: 'leaf', nSamples: 0, value: 0 }, { kind: 'leaf', nSamples: 0, value: 0 })
    for (const leaf of [best, right]) leaf.split = bestSplit(growth, leaf)
  }
  for (const { rows, others, node, smoothed, least, most } of leaves) {
    const { g, h } = total(cells, rows)
    const denominator = h + l2 * units.hessian + (smoothed ? options.categoryL2 * units.hessian : 0)
    const rate = (learningRate * units.hessian) / units.gradient
    const free = denominator > 0 ? round((-rate * soft(g, l1 * units.gradient)) / denominator) : 0
    const ordered = Math.min(Math.max(free, round(rate * least)), round(rate * most))
    const bounded = Math.min(Math.max(ordered, -growth.mostStep), growth.mostStep)
    const value = growth.refit ? round(learningRate * slowMedian(rows.map(growth.refit))) : bounded
    nodes[node] = { kind: 'leaf', nSamples: rows.length, value }
    for (const row of [...rows, ...others]) scores[row] += value
  }
  return nodes
}

function directionOf({ monotone }: Options, column: string): number {
  const direction = monotone && Object.hasOwn(monotone, column) ? monotone[column] : undefined
  return direction === undefined ? 0 : direction === 'increasing' ? 1 : -1
}

/** Bounds of the sides of a leaf's split: of a monotone column, the middle between their values as well. */
function boundsOfSides(
  { preparation, cells, units, options }: Growth,
  { rows, split, least, most }: Leaf,
  isRight: (row: number) => boolean,
): Record<'left' | 'right', { least: number; most: number }> {
  const direction = directionOf(options, preparation[split!.feature].name)
  if (direction === 0) return { left: { least, most }, right: { least, most } }
  const [low, high] = [false, true].map((side) => {
    const { g, h } = total(
      cells,
      rows.filter((row) => isRight(row) === side),
    )
    return valueWithin(g, h + options.l2 * units.hessian, { l1: options.l1 * units.gradient, least, most })
  })
  const middle = (low + high) / 2
  const [below, above] = [
    { least, most: middle },
    { least: middle, most },
  ]
  return direction > 0 ? { left: below, right: above } : { left: above, right: below }
}

function nodeOf(preparation: Preparation, split: SlowSplit & { feature: number }, left: number): SlowNode {
  const { feature } = split
  const bins = preparation[feature]
  const missingRight = split.isRight(255)
  const ordinary = Array.from({ length: countBins(bins) }, (_, bin) => bin)
  const right = ordinary.filter(split.isRight)
  if (bins.kind === 'category') return { kind: 'category', feature, right, missingRight, left }
  return { kind: 'number', feature, bin: split.bin, missingRight, left }
}

function total(cells: readonly Cell[], rows: readonly number[]): Cell {
  return rows.reduce((sum, row) => ({ g: sum.g + cells[row].g, h: sum.h + cells[row].h, n: sum.n + 1 }), {
    g: 0,
    h: 0,
    n: 0,
  })
}

function bestSplit({ preparation, bins, cells, units, options, features }: Growth, leaf: Leaf): Leaf['split'] {
  const sum = total(cells, leaf.rows)
  const { minSamplesLeaf, maxDepth } = options
  if (sum.n < 2 * minSamplesLeaf || leaf.depth >= (maxDepth ?? Infinity) || !(sum.h > 0)) return undefined
  const l1 = options.l1 * units.gradient
  const l2 = options.l2 * units.hessian
  const { least, most } = leaf
  const score = contribution(sum.g, sum.h, l2, { l1, least, most })
  const minGain = (options.minGain * units.gradient * units.gradient) / units.hessian
  const rowsPerHessian = sum.n / sum.h
  const search = {
    sum,
    l1,
    l2,
    rowsPerHessian,
    least,
    most,
    bar: score + Math.max(minGain, Math.abs(score) * 1e-10),
    minSide: Math.max(options.minHessian * units.hessian, minSamplesLeaf / rowsPerHessian),
    smoothing: options.categorySmoothing * units.hessian,
    categoryL2: options.categoryL2 * units.hessian,
  }
  let best: Leaf['split']
  preparation.forEach((column, feature) => {
    if (!features[feature]) return
    const histogram = new Map<number, Cell>()
    for (const row of leaf.rows) {
      const bin = bins[row][feature]
      const { g, h, n } = histogram.get(bin) ?? { g: 0, h: 0, n: 0 }
      histogram.set(bin, { g: g + cells[row].g, h: h + cells[row].h, n: n + 1 })
    }
    const split =
      column.kind === 'number'
        ? slowNumberSplit(histogram, countBins(column), search, directionOf(options, column.name))
        : slowCategorySplit(histogram, countBins(column), search)
    if (split && split.gain > (best?.gain ?? 0)) best = { ...split, feature }
  })
  return best
}

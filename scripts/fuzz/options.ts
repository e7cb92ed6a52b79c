import type { AlgorithmName, AlgorithmOptions, Column, Random } from '../../src/learn/index.ts'
import { chance, pick } from './draw.ts'

type Choices<Options> = { [Option in keyof Options]: readonly Options[Option][] }

const seeds = [0, 1, 2 ** 31, 2 ** 32 - 1]
const threads = [1, 1, 1, 1, 1, 1, 1, 2, 3, 7]

/** Both limits of each option, and what lies between. Trees are few: their number changes nothing but the time. */
const boosting: Choices<Omit<AlgorithmOptions<'gradient_boosting'>, 'monotone'>> = {
  nTrees: [1, 2, 3, 8],
  learningRate: [1e-6, 0.1, 0.1, 0.5, 1],
  maxLeaves: [2, 3, 31, 31, 255, 4096],
  maxDepth: [null, null, 1, 2, 5, 2 ** 31],
  minSamplesLeaf: [1, 1, 2, 5, 20, 2 ** 31],
  minHessian: [0, 0, 1e-3, 1, 1e9],
  l1: [0, 0, 0.3, 1e9],
  l2: [0, 0, 1, 1e9],
  minGain: [0, 0, 0.1, 1e9],
  categorySmoothing: [0, 10, 1e9],
  categoryL2: [0, 10, 1e9],
  rowShare: [1, 1, 0.5, 0.001],
  columnShare: [1, 1, 0.5, 0.001],
  patience: [null, null, null, 1, 3, 100_000],
  holdOutShare: [0.001, 0.1, 0.5, 0.9],
  maxBins: [2, 3, 16, 254, 255],
  seed: seeds,
  nThreads: threads,
}

const forest: Choices<
  Pick<AlgorithmOptions<'random_forest'>, 'nTrees' | 'minSamplesLeaf' | 'maxDepth' | 'maxBins' | 'seed' | 'nThreads'>
> = {
  nTrees: [1, 2, 5, 12],
  minSamplesLeaf: [1, 1, 2, 5, 2 ** 31],
  maxDepth: [null, null, 1, 4, 2 ** 31],
  maxBins: [2, 3, 16, 254, 255],
  seed: seeds,
  nThreads: threads,
}

/** What boosting of a number has besides. */
const regression = {
  loss: ['squared', 'squared', 'absolute', 'absolute', 'poisson', 'gamma', 'tweedie'],
  tweediePower: [1, 1.5, 1.999, 2],
}

type Given = {
  task: 'binary' | 'multiclass' | 'regression'
  algorithm: 'gradient_boosting' | 'random_forest' | 'extra_trees'
  columns: readonly Column[]
}

/** Some options of an algorithm, at a limit or between; those left out keep their defaults, with one thread. */
export function drawOptions(random: Random, { task, algorithm, columns }: Given): Record<string, unknown> {
  const choices: Record<string, readonly unknown[]> = {
    ...(algorithm === 'gradient_boosting' ? boosting : forest),
    ...(task === 'regression' && algorithm === 'gradient_boosting' ? regression : {}),
    ...(algorithm === 'extra_trees' ? { bootstrap: [true, false] } : {}),
    ...(algorithm === 'gradient_boosting' ? {} : { maxFeatures: ['sqrt', 1, columns.length] }),
  }
  const share = pick(random, [0.2, 0.5, 1])
  const drawn = Object.entries(choices).filter(() => chance(random, share))
  const options = {
    nTrees: 3,
    nThreads: 1,
    ...Object.fromEntries(drawn.map(([name, all]) => [name, pick(random, all)])),
  }
  const numbers = columns.filter(({ kind }) => kind === 'number')
  const takesMonotone =
    algorithm === 'gradient_boosting' && task !== 'multiclass' && !('loss' in options && options.loss === 'absolute')
  if (!takesMonotone || !chance(random, 0.2)) return options
  const monotone = numbers.map(({ name }) => [name, pick(random, ['increasing', 'decreasing'])])
  return { ...options, monotone: Object.fromEntries(monotone.filter(() => chance(random, 0.6))) }
}

/** Values that each algorithm refuses. */
export const refusedOptions: Record<string, readonly unknown[]> = {
  nTrees: [0, 100_001, 1.5, '3', NaN, null],
  maxBins: [1, 256, Infinity],
  minSamplesLeaf: [0, -1, 2 ** 31 + 1],
  maxDepth: [0, 'deep'],
  seed: [-1, 2 ** 32, 0.5],
  nThreads: [0, 257],
} satisfies Partial<Record<keyof AlgorithmOptions<Extract<AlgorithmName, 'random_forest'>>, readonly unknown[]>>

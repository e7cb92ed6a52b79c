import { createRandom, type Preparation, type Random, type Table, type TreeEnsemble } from '../../learn/index.ts'
import { encodeTrees, type PlainTree } from '../testing/encode-trees.ts'

/** Bins of every number feature: values 0, 1, 2 ... have the bins 0, 1, 2 ... */
const N_EDGES = 7
const LEVELS = ['red', 'green', 'blue', 'grey']

export type EnsembleShape = {
  nFeatures: number
  nTrees: number
  /** Splits on the longest way to a leaf. */
  maxDepth: number
  /** Probability that a node above that depth is a split. */
  branching?: number
  /** Probability that a leaf has seen no training row. */
  emptyShare?: number
  seed: number
}

/** A random ensemble whose features take turns as numbers and categories; features come several times on a path. */
export function randomEnsemble({ emptyShare = 0, branching = 0.8, ...shape }: EnsembleShape): TreeEnsemble {
  const random = createRandom(shape.seed)
  const build = (depth: number): PlainTree => {
    if (depth === shape.maxDepth || random.unit() > branching) {
      const cover = random.unit() < emptyShare ? 0 : 1 + Math.floor(20 * random.unit())
      return { value: 2 * random.unit() - 1, cover }
    }
    const feature = Math.floor(shape.nFeatures * random.unit())
    const common = {
      feature,
      missingRight: random.unit() < 0.5,
      children: [build(depth + 1), build(depth + 1)] as [PlainTree, PlainTree],
    }
    if (feature % 2 === 0) return { ...common, bin: Math.floor(N_EDGES * random.unit()) }
    return { ...common, right: LEVELS.map((_, bin) => bin).filter(() => random.unit() < 0.5) }
  }
  const trees = encodeTrees(Array.from({ length: shape.nTrees }, () => build(0)))
  const preparation: Preparation = Array.from({ length: shape.nFeatures }, (_, f) =>
    f % 2 === 0
      ? { kind: 'number', name: `f${f}`, edges: Float32Array.from({ length: N_EDGES }, (_, i) => i + 0.5) }
      : { kind: 'category', name: `f${f}`, levels: LEVELS },
  )
  return { preparation, trees, baseScore: random.unit(), scale: 0.5, unit: 'logOdds' }
}

/** Random rows for it, a tenth of all values missing. */
export function randomTable(nFeatures: number, nRows: number, seed: number): Table {
  const random = createRandom(seed)
  const below = (n: number): number => Math.floor(n * random.unit())
  const columns = Array.from({ length: nFeatures }, (_, f): Table['columns'][number] =>
    f % 2 === 0 ? numberColumn(f, nRows, random, below) : categoryColumn(f, nRows, random, below),
  )
  return { nRows, columns }
}

function numberColumn(
  f: number,
  nRows: number,
  random: Random,
  below: (n: number) => number,
): Table['columns'][number] {
  const value = (): number => (random.unit() < 0.1 ? NaN : below(N_EDGES + 1))
  return { kind: 'number', name: `f${f}`, values: Float64Array.from({ length: nRows }, value) }
}

function categoryColumn(
  f: number,
  nRows: number,
  random: Random,
  below: (n: number) => number,
): Table['columns'][number] {
  // The last level is one that the model never saw.
  const code = (): number => (random.unit() < 0.1 ? -1 : below(LEVELS.length + 1))
  return {
    kind: 'category',
    name: `f${f}`,
    codes: Int32Array.from({ length: nRows }, code),
    levels: [...LEVELS, 'new'],
  }
}

/**
 * Two trees that are one path of a split for each feature: shares about equal in one, halving at each step in the other. Values
 * of 7 and the level "red" lead on, to the right.
 */
export function longPaths(nFeatures: number): TreeEnsemble {
  const { preparation } = randomEnsemble({ nFeatures, nTrees: 1, maxDepth: 0, seed: 1 })
  const trees = encodeTrees([longPath(nFeatures, false), longPath(nFeatures, true)])
  return { preparation, trees, baseScore: 0.1, scale: 1, unit: 'logOdds' }
}

function longPath(nFeatures: number, rare: boolean): PlainTree {
  const random = createRandom(nFeatures)
  let tree: PlainTree = { value: 1, cover: 1 }
  let cover = 1
  for (let feature = 0; feature < nFeatures; feature++) {
    const leaf = { value: random.unit() - 0.5, cover: rare ? cover : 1 + Math.floor(3 * random.unit()) }
    cover = Math.min(cover + leaf.cover, 2 ** 30)
    const split = { feature, missingRight: random.unit() < 0.5 }
    const children: [PlainTree, PlainTree] = [leaf, tree]
    tree = feature % 2 === 0 ? { ...split, bin: 3, children } : { ...split, right: [0, 2], children }
  }
  return tree
}

/** A row for `longPaths` that goes on at all features but every `step`-th from `first`. */
export function rowAlongPath(nFeatures: number, first: number, step: number): Table {
  const columns = Array.from({ length: nFeatures }, (_, f): Table['columns'][number] => {
    const leaves = f % step === first
    if (f % 2 === 0) return { kind: 'number', name: `f${f}`, values: Float64Array.of(leaves ? 0 : 7) }
    return { kind: 'category', name: `f${f}`, codes: Int32Array.of(leaves ? 1 : 0), levels: LEVELS }
  })
  return { nRows: 1, columns }
}

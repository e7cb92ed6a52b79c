import { Arena, growJobFields, MAX_NARROW_ROWS, NODE_BYTES, WORK_BYTES } from '../../kernels/index.ts'
import { countBins } from '../preparation.ts'
import type { TrainingShape } from '../model/algorithm.ts'
import { bytesOfBinnedTable, type BinnedTable } from '../trees/binned-table.ts'
import { checkFits } from '../trees/check-fits.ts'
import { binnedSource, bytesOfRowList } from '../trees/gather-bins.ts'
import { bytesOfTrees } from '../trees/trees.ts'
import { aliasTable, mostTimesDrawn } from './alias-table.ts'
import { binCentres, CENTRES } from './bin-centres.ts'
import { fixTargets, fixWeights } from './fixed-point.ts'
import type { GrowInput, ThreadPlan } from './grow-task.ts'

/** How the trees of one forest grow, whatever its kind. */
export type GrowthOptions = {
  nTrees: number
  maxFeatures: number
  minSamplesLeaf: number
  maxDepth: number | null
  /** Whether each tree learns from rows drawn with replacement, or from all. */
  bootstrap: boolean
  /** Whether one threshold is drawn for a feature, or the best is sought. */
  randomThresholds: boolean
  seed: number
  nThreads: number
}

export type ForestTarget = { labels: Uint8Array } | { values: Float64Array } | { classes: Int32Array; nClasses: number }

/** What the trees of one forest grow from. */
export type GrowthData = {
  binned: BinnedTable
  /** Rows of the binned table, a row as often as it is named; all where none are named. */
  rows?: Int32Array
  /** Labels 0 and 1 of two classes, the values of regression, or each row's class of several. */
  target: ForestTarget
  /** Above 0, and not all equal. */
  weights?: Float64Array
}

/** Times drawn have 10 bits in a narrow word; the expectation is kept so far below that no draw can reach it. */
const MAX_TIMES_EXPECTED = 256

/**
 * Puts the targets, room for the bins and room for each thread into one shared memory.
 * @throws TABLE_TOO_LARGE when that is more than WebAssembly can have
 */
export function layOut(data: GrowthData, options: GrowthOptions): GrowInput {
  const { binned, rows, target, weights } = data
  const { preparation } = binned
  const nRows = countRows(data)
  const nFeatures = preparation.length
  const isWide = needsWideCells(data, options)
  const [drawn, own] = options.bootstrap ? [weights, undefined] : [undefined, weights]
  const categoryBins = preparation.map((bins) => (bins.kind === 'category' ? countBins(bins) : 0))
  const size = {
    nRows,
    nFeatures,
    isWide,
    hasWeights: weights !== undefined,
    nClasses: classesOf(target),
    mostLevels: Math.max(0, ...categoryBins),
  }
  checkFits((fewer) => bytesOfForest({ ...size, nRows: fewer }, options), {
    nRows,
    nColumns: nFeatures,
    purpose: 'the forest',
    ways: 'fewer columns or threads and a larger minSamplesLeaf take less, and maxBins and nTrees change nothing',
  })
  const arena = new Arena()
  const plan = planForest(arena, size, options)
  const { bins, nBins, isCategory, labels, values, ownWeights, aliases, centres, leafScale, plans } = plan
  const memory = arena.allocate()
  preparation.forEach((column, f) => {
    nBins()[f] = countBins(column)
    isCategory()[f] = column.kind === 'category' ? 1 : 0
    if (column.kind === 'number' && options.randomThresholds) centres().set(binCentres(column), CENTRES * f)
  })
  if (!isWide) labels().set('labels' in target ? target.labels : [])
  else {
    const fixed = own ? fixWeights(own, ownWeights()) : nRows
    leafScale()[0] = writeValues(target, fixed, values())
  }
  if (drawn) aliases().set(aliasTable(drawn))
  return {
    memory,
    seed: options.seed,
    copy: {
      source: binnedSource(binned, rows),
      nRows,
      nBins: nBins().slice(),
      bins: bins().byteOffset,
      progress: new Int32Array(new SharedArrayBuffer(8)),
    },
    job: {
      nRows,
      nFeatures,
      bins: bins().byteOffset,
      nBins: nBins().byteOffset,
      isCategory: isCategory().byteOffset,
      labels: labels().byteOffset,
      values: values().byteOffset,
      weights: own ? ownWeights().byteOffset : 0,
      aliases: drawn ? aliases().byteOffset : 0,
      centres: options.randomThresholds ? centres().byteOffset : 0,
      leafScale: leafScale().byteOffset,
      isWide: isWide ? 1 : 0,
      isRegression: 'values' in target ? 1 : 0,
      nClasses: classesOf(target),
      maxFeatures: options.maxFeatures,
      minSamplesLeaf: options.minSamplesLeaf,
      maxDepth: options.maxDepth ?? 2 ** 32 - 1,
      bootstrap: options.bootstrap ? 1 : 0,
    },
    plans: plans.map((plan) => plan()),
    nextPlan: new Int32Array(new SharedArrayBuffer(4)),
  }
}

/** 0 where there are not several classes. */
function classesOf(target: ForestTarget): number {
  return 'classes' in target ? target.nClasses : 0
}

function countRows({ binned, rows }: GrowthData): number {
  return rows?.length ?? binned.nRows
}

/** See `kernels/wasm/cell.ts`: narrow cells are the faster ones. */
function needsWideCells(data: GrowthData, { bootstrap }: GrowthOptions): boolean {
  const { target, weights } = data
  if (!('labels' in target) || countRows(data) > MAX_NARROW_ROWS) return true
  return weights !== undefined && (!bootstrap || mostTimesDrawn(weights) > MAX_TIMES_EXPECTED)
}

/** What the size of a forest's memory depends on, besides its options. */
export type ForestSize = {
  nRows: number
  nFeatures: number
  isWide: boolean
  hasWeights: boolean
  /** How many classes there are, if several; else 0. */
  nClasses: number
  /** Bins of the category with the most. */
  mostLevels: number
}

type SizeOptions = Pick<GrowthOptions, 'nTrees' | 'minSamplesLeaf' | 'bootstrap' | 'randomThresholds' | 'nThreads'>

/** Bytes of a forest's memory: what `planForest` reserves, whole pages. */
export function bytesOfForest(size: ForestSize, options: SizeOptions): number {
  const arena = new Arena()
  planForest(arena, size, options)
  return arena.sizeBytes
}

/** Distinct rows of a bootstrap sample, of all: 1 - 1/e. */
const DRAWN_SHARE = 0.633

/** Rows of an average leaf, in multiples of the least there may be: nodes of twice that are split, if anything tells their rows apart. */
const ROWS_PER_LEAF = 1.4

/**
 * What a forest of two classes takes besides the rows it is given: at most while it grows, as its cells may have to be wide, and about
 * for its trees. Rows of a table are binned first, and their bins stay as long as the trees grow.
 */
export function mostBytesOfForest(shape: TrainingShape, options: SizeOptions): number {
  const { nRows, columns, hasWeights, isBinned } = shape
  const nFeatures = columns.length
  const isWide = hasWeights || nRows > MAX_NARROW_ROWS
  const levels = columns.map((column) => (column.kind === 'category' ? Math.min(255, column.nLevels + 1) : 0))
  const size = { nRows, nFeatures, isWide, hasWeights, nClasses: 0, mostLevels: Math.max(0, ...levels) }
  const nDrawn = options.bootstrap ? DRAWN_SHARE * nRows : nRows
  const nLeaves = Math.max(1, Math.ceil(nDrawn / (ROWS_PER_LEAF * options.minSamplesLeaf)))
  const growing = bytesOfForest(size, options) + bytesOfTrees(options.nTrees, nLeaves, columns)
  if (isBinned) return growing + bytesOfRowList(nRows)
  const { bins, binning } = bytesOfBinnedTable({ nRows, nColumns: nFeatures }, options.nThreads)
  return bins + Math.max(binning, growing)
}

function planForest(arena: Arena, size: ForestSize, options: SizeOptions) {
  const { nRows, nFeatures, isWide, hasWeights } = size
  const nThreads = Math.min(options.nThreads, options.nTrees)
  return {
    bins: arena.reserve(Uint8Array, nRows * nFeatures),
    nBins: arena.reserve(Uint32Array, nFeatures),
    isCategory: arena.reserve(Uint8Array, nFeatures),
    labels: arena.reserve(Uint8Array, isWide ? 0 : nRows),
    values: arena.reserve(Float64Array, isWide ? nRows : 0),
    ownWeights: arena.reserve(Float64Array, hasWeights && !options.bootstrap ? nRows : 0),
    aliases: arena.reserve(Uint32Array, hasWeights && options.bootstrap ? 2 * nRows : 0),
    centres: arena.reserve(Float32Array, options.randomThresholds ? CENTRES * nFeatures : 0),
    leafScale: arena.reserve(Float64Array, 1),
    plans: Array.from({ length: nThreads }, () => reserveThread(arena, size, options)),
  }
}

/** Writes what wide cells add up; returns what a mean of it is multiplied by. */
function writeValues(target: ForestTarget, totalWeight: number, out: Float64Array): number {
  if ('values' in target) return fixTargets(target.values, totalWeight, out)
  out.set('labels' in target ? target.labels : target.classes)
  return 1
}

/** Reserves what one thread writes: see the fields of `GrowJob` in `kernels/wasm/forest-job.ts`. */
function reserveThread(
  arena: Arena,
  { nRows, nFeatures, isWide, mostLevels, nClasses }: ForestSize,
  options: SizeOptions,
): () => ThreadPlan {
  const nWide = isWide ? nRows : 0
  const maxLeaves = Math.max(1, Math.floor(nRows / options.minSamplesLeaf))
  const maxWords = maxLeaves * Math.ceil(mostLevels / 32)
  const views = {
    job: arena.reserve(Uint32Array, growJobFields.length),
    cells: arena.reserve(BigUint64Array, 2 * nWide),
    ordered: arena.reserve(BigUint64Array, 2 * nWide),
    classHistogram: arena.reserve(BigUint64Array, nClasses > 0 ? 258 * (1 + nClasses) : 0),
    shares: arena.reserve(Float32Array, maxLeaves * nClasses),
    rows: arena.reserve(Uint32Array, nRows),
    spareRows: arena.reserve(Uint32Array, nRows),
    ranks: arena.reserve(Uint8Array, 256 * nFeatures),
    orders: arena.reserve(Uint8Array, 256 * nFeatures),
    permutation: arena.reserve(Uint32Array, nFeatures),
    constants: arena.reserve(Uint32Array, 2 * nFeatures),
    work: arena.reserve(Uint8Array, WORK_BYTES),
    nodes: arena.reserve(Uint8Array, 2 * maxLeaves * NODE_BYTES),
    sets: arena.reserve(Uint32Array, maxWords),
  }
  return () => {
    // A number's bins are in order; those of a category are ordered by each tree.
    for (const bytes of [views.ranks(), views.orders()]) for (let i = 0; i < bytes.length; i++) bytes[i] = i & 255
    return Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view().byteOffset])) as ThreadPlan
  }
}

import {
  Arena,
  growJobFields,
  instantiateKernels,
  MAX_MEMORY_BYTES,
  NODE_BYTES,
  WORK_BYTES,
} from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { runTeam } from '../../threads/index.ts'
import { countBins, fitPreparation, type Preparation } from '../preparation.ts'
import { checkTrainingData, type Table } from '../table.ts'
import type { TrainHooks } from '../train-hooks.ts'
import { columnBinner, edgeOffsets, writeEdges } from '../trees/bin-table.ts'
import { Forest } from './forest.ts'
import type { GrowInput, ThreadPlan } from './grow-task.ts'
import { resolveForestOptions, type ForestOptions } from './options.ts'
import { joinTrees, type GrownTree } from '../trees/trees.ts'

/**
 * Random forest for two classes over binned columns (Breiman 2001): each tree sees a bootstrap sample and splits on the
 * best of a few drawn features by Gini impurity. What differs from scikit-learn: numbers are cut into at most 255 bins
 * first; categories are split natively, by an order of their levels that each tree takes from the rows it does not learn
 * from; a missing value goes to the side where it lowers impurity more, or with the larger side where training had none.
 *
 * Training is deterministic in (table, y, options without nThreads).
 */
export class RandomForestClassifier {
  readonly options: Readonly<ForestOptions>

  /** @throws OPTION_INVALID, OPTION_UNKNOWN */
  constructor(options: Partial<ForestOptions> = {}) {
    this.options = resolveForestOptions(options)
  }

  /**
   * Learns from all rows of the table. O(nTrees x nRows log(nRows) x maxFeatures); memory is one byte a value plus about
   * 24 bytes a row for each thread.
   * @param y labels, shape (nRows,), 0 or 1
   * @throws what `checkTrainingData` throws; OPTION_INVALID when maxFeatures exceeds the features; TABLE_TOO_LARGE when
   * the memory would; TRAINING_CANCELLED when the signal was aborted
   */
  async fit(table: Table, y: Uint8Array, hooks: TrainHooks = {}): Promise<Forest> {
    checkTrainingData(table, y)
    const { nThreads, ...fitted } = this.options
    const maxFeatures = featuresPerSplit(fitted.maxFeatures, table.columns.length)
    const preparation = fitPreparation(table, fitted.maxBins)
    const input = layOut({ table, y, preparation, maxFeatures, options: this.options })
    const work = { module: new URL('./grow-task.ts', import.meta.url), input, nTasks: fitted.nTrees, nThreads }
    try {
      return new Forest(preparation, fitted, joinTrees(await runTeam<GrownTree>(work, hooks)))
    } catch (cause) {
      if (hooks.signal?.aborted) throw new AssayError('TRAINING_CANCELLED', {}, { cause })
      throw cause
    }
  }
}

function featuresPerSplit(maxFeatures: number | 'sqrt', nFeatures: number): number {
  if (maxFeatures === 'sqrt') return Math.floor(Math.sqrt(nFeatures))
  if (maxFeatures <= nFeatures) return maxFeatures
  const allowed = `at most ${nFeatures}, the number of features`
  throw new AssayError('OPTION_INVALID', { option: 'maxFeatures', given: maxFeatures, allowed })
}

type TrainingInput = {
  table: Table
  y: Uint8Array
  preparation: Preparation
  maxFeatures: number
  options: ForestOptions
}

/** Puts the binned table, the labels and room for each thread into one shared memory. */
function layOut({ table, y, preparation, maxFeatures, options }: TrainingInput): GrowInput {
  const { nRows } = table
  const nFeatures = preparation.length
  const arena = new Arena()
  const bins = arena.reserve(Uint8Array, nRows * nFeatures)
  const labels = arena.reserve(Uint8Array, nRows)
  const levels = arena.reserve(Uint32Array, nFeatures)
  const edges = arena.reserve(Float32Array, edgeOffsets(preparation).at(-1)!)
  const values = arena.reserve(Float64Array, nRows)
  const nThreads = Math.min(options.nThreads, options.nTrees)
  const plans = Array.from({ length: nThreads }, () => reserveThread(arena, nRows, preparation, options))
  if (arena.sizeBytes > MAX_MEMORY_BYTES) {
    const limit = `${MAX_MEMORY_BYTES / 2 ** 30} GiB of memory; use fewer threads, columns or rows`
    throw new AssayError('TABLE_TOO_LARGE', { nRows, nColumns: nFeatures, limit })
  }
  const memory = arena.allocate()
  const space = { kernels: instantiateKernels(memory), edges: edges(), values: values() }
  writeEdges(preparation, edges())
  labels().set(y)
  const firstEdges = edgeOffsets(preparation)
  table.columns.forEach((column, f) => {
    levels()[f] = column.kind === 'category' ? countBins(preparation[f]) : 0
    const bin = columnBinner(space, preparation[f], firstEdges[f], column)
    bin(0, nRows, { out: bins(), offset: f * nRows, stride: 1 })
  })
  const addresses = { bins: bins().byteOffset, labels: labels().byteOffset, levels: levels().byteOffset }
  const { minSamplesLeaf, maxDepth, seed } = options
  return {
    memory,
    data: { nRows, nFeatures, ...addresses },
    options: { maxFeatures, minSamplesLeaf, maxDepth: maxDepth ?? 2 ** 32 - 1, seed },
    plans: plans.map((plan) => plan()),
    nextPlan: new Int32Array(new SharedArrayBuffer(4)),
  }
}

/** Reserves what one thread writes: see the fields of `GrowJob` in `kernels/wasm/grow.ts`. */
function reserveThread(
  arena: Arena,
  nRows: number,
  preparation: Preparation,
  options: ForestOptions,
): () => ThreadPlan {
  const maxLeaves = Math.max(1, Math.floor(nRows / options.minSamplesLeaf))
  const categoryBins = preparation.map((bins) => (bins.kind === 'category' ? countBins(bins) : 0))
  const maxWords = maxLeaves * Math.ceil(Math.max(0, ...categoryBins) / 32)
  const views = {
    job: arena.reserve(Uint32Array, growJobFields.length),
    cells: arena.reserve(BigUint64Array, nRows),
    ordered: arena.reserve(BigUint64Array, nRows),
    rows: arena.reserve(Uint32Array, nRows),
    spareRows: arena.reserve(Uint32Array, nRows),
    ranks: arena.reserve(Uint8Array, 256 * preparation.length),
    permutation: arena.reserve(Uint32Array, preparation.length),
    work: arena.reserve(Uint8Array, WORK_BYTES),
    nodes: arena.reserve(Uint8Array, 2 * maxLeaves * NODE_BYTES),
    sets: arena.reserve(Uint32Array, maxWords),
  }
  return () => Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view().byteOffset])) as ThreadPlan
}

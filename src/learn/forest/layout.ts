import {
  Arena,
  growJobFields,
  instantiateKernels,
  MAX_MEMORY_BYTES,
  NODE_BYTES,
  WORK_BYTES,
} from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { countBins, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import { columnBinner, edgeOffsets, writeEdges } from '../trees/bin-table.ts'
import type { GrowInput, ThreadPlan } from './grow-task.ts'
import type { ForestOptions } from './options.ts'

/** What the trees of one forest are grown from. */
type TrainingInput = {
  table: Table
  y: Uint8Array
  preparation: Preparation
  maxFeatures: number
  options: ForestOptions
}

/**
 * Puts the binned table, the labels and room for each thread into one shared memory.
 * @throws TABLE_TOO_LARGE when that is more than WebAssembly can have
 */
export function layOut({ table, y, preparation, maxFeatures, options }: TrainingInput): GrowInput {
  const { nRows } = table
  const nFeatures = preparation.length
  const arena = new Arena()
  const bins = arena.reserve(Uint8Array, nRows * nFeatures)
  const labels = arena.reserve(Uint8Array, nRows)
  const nBins = arena.reserve(Uint32Array, nFeatures)
  const isCategory = arena.reserve(Uint8Array, nFeatures)
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
    nBins()[f] = countBins(preparation[f])
    isCategory()[f] = column.kind === 'category' ? 1 : 0
    const bin = columnBinner(space, preparation[f], firstEdges[f], column)
    bin(0, nRows, { out: bins(), offset: f * nRows, stride: 1 })
  })
  const { minSamplesLeaf, maxDepth, seed } = options
  return {
    memory,
    seed,
    job: {
      nRows,
      nFeatures,
      bins: bins().byteOffset,
      nBins: nBins().byteOffset,
      isCategory: isCategory().byteOffset,
      labels: labels().byteOffset,
      values: 0,
      weights: 0,
      aliases: 0,
      leafScale: 0,
      isWide: 0,
      isRegression: 0,
      maxFeatures,
      minSamplesLeaf,
      maxDepth: maxDepth ?? 2 ** 32 - 1,
      bootstrap: 1,
    },
    plans: plans.map((plan) => plan()),
    nextPlan: new Int32Array(new SharedArrayBuffer(4)),
  }
}

/** Reserves what one thread writes: see the fields of `GrowJob` in `kernels/wasm/forest-job.ts`. */
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
    cells: arena.reserve(BigUint64Array, 0),
    ordered: arena.reserve(BigUint64Array, 0),
    rows: arena.reserve(Uint32Array, nRows),
    spareRows: arena.reserve(Uint32Array, nRows),
    ranks: arena.reserve(Uint8Array, 256 * preparation.length),
    orders: arena.reserve(Uint8Array, 256 * preparation.length),
    permutation: arena.reserve(Uint32Array, preparation.length),
    constants: arena.reserve(Uint32Array, 2 * preparation.length),
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

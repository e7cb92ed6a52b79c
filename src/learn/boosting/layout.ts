import {
  Arena,
  boostBundleFields,
  boostJobFields,
  boostPlaceFields,
  boostRateFields,
  boostSizes,
  NODE_BYTES,
} from '../../kernels/index.ts'
import { reserveBinning, reserveSortScratch } from '../trees/bin-columns.ts'

/** Slots of the stage: what training needs of a row later on, at five times four bytes, is room for five columns before. */
export const N_SLOTS = 5

/** Cells of a histogram that one feature can need: 255 bins and the missing values. */
const MAX_CELLS = 256

const CELL_BYTES = 8

export type JobSize = {
  nRows: number
  nFeatures: number
  maxLeaves: number
  nThreads: number
  /** 1 where there are not several. */
  nClasses: number
  hasLabels: boolean
  hasWeights: boolean
  hasHeld: boolean
  hasMonotone: boolean
}

/** Rows that arrays have room for: gradients are computed four at a time, and blocks of rows must not share a cache line. */
export function paddedRows(nRows: number): number {
  return Math.ceil(nRows / 16) * 16
}

/** Parts for each thread, at most: enough that a late thread's are done by the others, and few enough to be worth their taking. */
const MOST_PARTS = 16

/** Blocks of a part, at least, unless there are fewer. */
const LEAST_BLOCKS = 4

/** How many parts the rows are dealt out to: with one thread one, else some for each, that threads can take from each other. */
export function countParts({ nRows, nThreads }: Pick<JobSize, 'nRows' | 'nThreads'>): number {
  if (nThreads === 1) return 1
  const nBlocks = Math.ceil(nRows / boostSizes.blockRows)
  return nThreads * Math.min(MOST_PARTS, Math.max(1, Math.floor(nBlocks / (LEAST_BLOCKS * nThreads))))
}

/** Bytes that say which parts or bundles of one thread were taken, whole cache lines. */
export function claimBytes(size: Pick<JobSize, 'nRows' | 'nFeatures' | 'nThreads'>): number {
  return 64 * Math.ceil(Math.max(countParts(size), size.nFeatures) / size.nThreads / 16)
}

/** Bytes of a histogram, at most. */
export function bytesOfHistogram({ nFeatures }: Pick<JobSize, 'nFeatures'>): number {
  return nFeatures * MAX_CELLS * CELL_BYTES
}

/** Views of everything in a job's memory; the fields of `BoostJob` in `kernels/wasm/boost/job.ts` say what they hold. */
export type JobPlan = ReturnType<typeof planJob>

/** Bytes of a job's memory: what `planJob` reserves, whole pages. */
export function bytesOfJob(size: JobSize): number {
  const arena = new Arena()
  planJob(arena, size)
  return arena.sizeBytes
}

/**
 * Reserves a job's memory: one byte for each value; 21 bytes for each row, 24 where a number is foretold, 4 more with weights,
 * with c classes 4·c more; and a histogram of 2 KiB for each feature of each leaf, of which what is not used is never touched.
 * The rest, such as where each leaf lies in each part, is small.
 */
export function planJob(arena: Arena, size: JobSize) {
  const { nRows, nFeatures, maxLeaves, nThreads, nClasses } = size
  const nPadded = paddedRows(nRows)
  const nBlocks = Math.ceil(nRows / boostSizes.blockRows)
  const histogramBytes = bytesOfHistogram(size)
  return {
    job: arena.reserve(Uint32Array, boostJobFields.length),
    rates: arena.reserve(Float64Array, boostRateFields.length),
    words: arena.reserve(Uint32Array, Math.ceil(nFeatures / 4) * nRows),
    labels: arena.reserve(Uint8Array, size.hasLabels ? nPadded : 0),
    targets: arena.reserve(Float32Array, size.hasLabels ? 0 : nPadded),
    weights: arena.reserve(Float32Array, size.hasWeights ? nPadded : 0),
    held: arena.reserve(Uint8Array, size.hasHeld ? nPadded : 0),
    drawn: arena.reserve(Uint8Array, nFeatures),
    // The kernel looks at four bundles at once.
    drawnBundles: arena.reserve(Uint8Array, 4 * Math.ceil(nFeatures / 4)),
    ...reserveBinning(arena, nFeatures),
    monotone: arena.reserve(Uint8Array, size.hasMonotone ? nFeatures : 0),
    places: arena.reserve(Uint32Array, nFeatures * boostPlaceFields.length),
    bundles: arena.reserve(Uint32Array, nFeatures * boostBundleFields.length),
    members: arena.reserve(Uint32Array, nFeatures),
    barrier: arena.reserve(Uint8Array, boostSizes.barrier),
    claims: arena.reserve(Uint8Array, nThreads * claimBytes(size)),
    // The stage reaches from here over the next three.
    scores: arena.reserve(Float32Array, nClasses * nPadded),
    cells: arena.reserve(Float64Array, nPadded),
    // Each part lists its rows in whole blocks.
    rows: arena.reserve(Uint32Array, nBlocks * boostSizes.blockRows),
    spareRows: arena.reserve(Uint32Array, nBlocks * boostSizes.blockRows),
    normalisers: arena.reserve(Float32Array, nClasses > 1 ? nPadded : 0),
    blockSums: arena.reserve(Float64Array, 2 * nBlocks),
    histograms: arena.reserve(Uint8Array, maxLeaves * histogramBytes),
    partials: arena.reserve(Uint8Array, nThreads > 1 ? nThreads * histogramBytes : 0),
    splits: arena.reserve(Uint8Array, 2 * nFeatures * boostSizes.split),
    leaves: arena.reserve(Uint8Array, nThreads * maxLeaves * boostSizes.leaf),
    spans: arena.reserve(Uint32Array, 2 * maxLeaves * countParts(size)),
    scratch: arena.reserve(Uint8Array, nThreads * boostSizes.scratch),
    sortScratch: reserveSortScratch(arena, nThreads),
    nodes: arena.reserve(Uint8Array, 2 * maxLeaves * NODE_BYTES),
    sets: arena.reserve(Uint32Array, maxLeaves * (MAX_CELLS / 32)),
  }
}

import { EDGES_SCRATCH_BYTES, type Arena, type Kernels } from '../../kernels/index.ts'
import { countBins, fitCategory, type ColumnBins, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import { takeTurn } from '../take-turn.ts'
import { closeStage, EMPTY, passColumns, type Range, type Stage, type StagedColumn } from './stage.ts'

/** Features that share a word of 32 bits, a byte each: that of feature 4 g + k is byte k of the words of group g. */
export const GROUP = 4

/** Room for the edges of one feature, and for more. */
const MAX_EDGES = 256

/** Columns that are binned as they arrive on the stage. The memory is that of the kernels. */
export type Binning = {
  memory: WebAssembly.Memory
  nRows: number
  nFeatures: number
  maxBins: number
  stage: Stage
  /** Addresses: of a number of ordinary bins for each feature, of 1 for each category, and of 256 edges for each feature. */
  at: { nBins: number; isCategory: number; edges: number }
}

/** Reserves what `Binning` addresses. */
export function reserveBinning(arena: Arena, nFeatures: number) {
  return {
    nBins: arena.reserve(Uint32Array, nFeatures),
    isCategory: arena.reserve(Uint32Array, nFeatures),
    edges: arena.reserve(Float32Array, nFeatures * MAX_EDGES),
  }
}

/** Reserves what `binGroup` needs of its own in each thread. */
export function reserveSortScratch(arena: Arena, nThreads: number): () => Uint8Array {
  return arena.reserve(Uint8Array, nThreads * EDGES_SCRATCH_BYTES)
}

/**
 * The columns of a table as they are staged. The levels of categories are known beforehand, the edges of numbers are not. The caller's
 * event loop turns between columns.
 * @throws TRAINING_CANCELLED
 */
export async function stagedColumns(
  { columns }: Pick<Table, 'columns'>,
  maxBins: number,
  signal?: AbortSignal,
): Promise<StagedColumn[]> {
  const staged: StagedColumn[] = []
  for (const column of columns) {
    if (column.kind === 'number') staged.push({ column, bins: undefined })
    else {
      staged.push({ column, bins: fitCategory(column, maxBins) })
      await takeTurn(signal)
    }
  }
  return staged
}

/** Writes what is known of the columns before they are binned. */
export function writeKnown(columns: readonly StagedColumn[], { memory, at }: Pick<Binning, 'memory' | 'at'>): void {
  const nBins = new Uint32Array(memory.buffer, at.nBins, columns.length)
  const isCategory = new Uint32Array(memory.buffer, at.isCategory, columns.length)
  columns.forEach(({ bins }, f) => {
    isCategory[f] = bins ? 1 : 0
    if (bins) nBins[f] = countBins(bins)
  })
}

/**
 * Bins a group of features as its columns arrive, and for numbers finds the edges and how many bins there are. A missing value
 * has the bin behind the ordinary ones.
 * @param place where the group's words go, and the thread's own scratch
 */
export function binGroup(
  kernels: Kernels,
  binning: Binning,
  group: number,
  place: { words: number; sortScratch: number },
): void {
  const { memory, at, nRows, nFeatures, stage, maxBins } = binning
  const nBins = new Uint32Array(memory.buffer, at.nBins, nFeatures)
  const isCategory = new Uint32Array(memory.buffer, at.isCategory, nFeatures)
  const first = group * GROUP
  for (let f = first; f < Math.min(first + GROUP, nFeatures); f++) {
    const slot = f % stage.slots.length
    awaitColumn(stage.states, slot, f + 1)
    const values = stage.slots[slot].byteOffset
    const out = place.words + (f - first)
    if (isCategory[f]) kernels.placeBins(values, nRows, out, GROUP)
    else {
      const edges = at.edges + edgesOffset(f)
      const nEdges = kernels.columnEdges(values, nRows, maxBins, place.sortScratch, edges)
      nBins[f] = nEdges + 1
      kernels.binFloats(values, nRows, edges, nEdges, nBins[f], place.sortScratch, out, GROUP)
    }
    Atomics.store(stage.states, slot, EMPTY)
    Atomics.notify(stage.states, slot)
  }
}

/**
 * Passes the columns to the threads of a team that bins them.
 * @param team resolves once the team is done, rejects if it failed: then no more columns are passed
 * @returns the preparation, and what the team resulted in
 */
export async function passToTeam<Result>(
  binning: Binning,
  columns: readonly StagedColumn[],
  team: Promise<Result>,
): Promise<{ preparation: Preparation; result: Result }> {
  try {
    const [result, ranges] = await Promise.all([team, passColumns(binning.stage, columns)])
    return { preparation: readPreparation(binning, columns, ranges), result }
  } finally {
    closeStage(binning.stage)
  }
}

/** The preparation, once all columns are binned, with the edges that the threads found. */
function readPreparation(
  { memory, at }: Binning,
  columns: readonly StagedColumn[],
  ranges: readonly (Range | undefined)[],
): Preparation {
  const nBins = new Uint32Array(memory.buffer, at.nBins, columns.length)
  return columns.map(({ column, bins }, f): ColumnBins => {
    if (bins) return bins
    const edges = Float32Array.from(new Float32Array(memory.buffer, at.edges + edgesOffset(f), nBins[f] - 1))
    const { name, format } = column
    const number: ColumnBins = { kind: 'number', name, ...(format ? { format } : {}), edges }
    const range = ranges[f]
    return range && range.min <= range.max ? { ...number, ...range } : number
  })
}

/** Bytes from the first feature's edges to those of feature f. */
function edgesOffset(f: number): number {
  return f * MAX_EDGES * Float32Array.BYTES_PER_ELEMENT
}

function awaitColumn(states: Int32Array, slot: number, wanted: number): void {
  for (;;) {
    const state = Atomics.load(states, slot)
    if (state === wanted) return
    Atomics.wait(states, slot, state)
  }
}

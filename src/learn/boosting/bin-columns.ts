import { EDGES_SCRATCH_BYTES, type Kernels } from '../../kernels/index.ts'
import type { Addresses, BoostInput } from './boost-task.ts'
import { EMPTY } from './stage.ts'

/** Features that share a word; one thread bins them all. */
const GROUP = 4

/**
 * One thread's part in binning the staged columns: takes groups of features until there are no more, and writes their bins into
 * the words. For number columns it also finds the edges and how many bins there are.
 */
export function binColumns(kernels: Kernels, input: BoostInput, thread: number): void {
  const { memory, at, size, stage, nextGroup } = input
  const nBins = new Uint32Array(memory.buffer, at.nBins, size.nFeatures)
  const isCategory = new Uint32Array(memory.buffer, at.isCategory, size.nFeatures)
  const scratch = at.sortScratch + thread * EDGES_SCRATCH_BYTES
  for (;;) {
    const first = GROUP * Atomics.add(nextGroup, 0, 1)
    if (first >= size.nFeatures) return
    for (let f = first; f < Math.min(first + GROUP, size.nFeatures); f++) {
      const slot = f % stage.slots.length
      awaitColumn(stage.states, slot, f + 1)
      const values = stage.slots[slot].byteOffset
      const out = at.words + first * size.nRows + (f - first)
      if (isCategory[f]) kernels.placeBins(values, size.nRows, out, GROUP)
      else {
        const edges = at.edges + edgesOffset(f)
        const nEdges = kernels.columnEdges(values, size.nRows, input.maxBins, scratch, edges)
        nBins[f] = nEdges + 1
        kernels.binFloats(values, size.nRows, edges, nEdges, nBins[f], out, GROUP)
      }
      Atomics.store(stage.states, slot, EMPTY)
      Atomics.notify(stage.states, slot)
    }
  }
}

/** Bytes from the first feature's edges to those of feature f. */
export function edgesOffset(f: number): number {
  return f * 256 * Float32Array.BYTES_PER_ELEMENT
}

function awaitColumn(states: Int32Array, slot: number, wanted: number): void {
  for (;;) {
    const state = Atomics.load(states, slot)
    if (state === wanted) return
    Atomics.wait(states, slot, state)
  }
}

/** Where each feature's cells begin in a histogram: whole 16 bytes each, as the kernels add two cells at a time. */
export function layOutCells({
  memory,
  at,
  size,
}: {
  memory: WebAssembly.Memory
  at: Addresses
  size: { nFeatures: number }
}): number {
  const nBins = new Uint32Array(memory.buffer, at.nBins, size.nFeatures)
  const offsets = new Uint32Array(memory.buffer, at.offsets, size.nFeatures)
  let bytes = 0
  for (let f = 0; f < size.nFeatures; f++) {
    offsets[f] = bytes
    bytes += 16 * Math.ceil((nBins[f] + 1) / 2)
  }
  return bytes
}

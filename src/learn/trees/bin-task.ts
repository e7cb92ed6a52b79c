import { EDGES_SCRATCH_BYTES, instantiateKernels } from '../../kernels/index.ts'
import type { PrepareTask } from '../../threads/index.ts'
import { binGroup, GROUP, type Binning } from './bin-columns.ts'

/** What the threads that bin a table share. */
export type BinInput = {
  binning: Binning
  /** Addresses: of the words of one group, and of the scratch for sorting, for each thread. */
  words: number
  sortScratch: number
  /** Which thread's place is free next. */
  nextPlace: Int32Array<SharedArrayBuffer>
  /** Where the words of all groups go. */
  bins: SharedArrayBuffer
}

/** Task g bins group g and copies its words to their place among all. */
export const prepareTask: PrepareTask<BinInput, undefined> = (input) => {
  const { binning, nextPlace, bins } = input
  const { memory, nRows, nFeatures } = binning
  const kernels = instantiateKernels(memory)
  const place = Atomics.add(nextPlace, 0, 1)
  const own = { words: input.words + place * 4 * nRows, sortScratch: input.sortScratch + place * EDGES_SCRATCH_BYTES }
  const words = new Uint32Array(memory.buffer, own.words, nRows)
  return (group) => {
    // What the last group of this thread left in the bytes of features that there are not.
    if ((group + 1) * GROUP > nFeatures) words.fill(0)
    binGroup(kernels, binning, group, own)
    new Uint32Array(bins, group * 4 * nRows, nRows).set(words)
    return { result: undefined }
  }
}

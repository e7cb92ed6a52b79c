import { MISSING_BIN } from '../../kernels/index.ts'
import { GROUP } from '../trees/bin-columns.ts'
import type { BinnedSource } from '../trees/gather-bins.ts'

/** Where the bins of a forest come from and go to, and how far the threads are: the next group of features, and groups done. */
export type BinCopy = {
  source: BinnedSource
  nRows: number
  /** Ordinary bins of each feature. */
  nBins: Uint32Array
  /** Address of the first feature's bins. */
  bins: number
  progress: Int32Array<SharedArrayBuffer>
}

const NEXT = 0
const DONE = 1

/**
 * Copies the bins of a binned table feature by feature, as a forest reads them, together with the other threads of the team;
 * returns when all have been copied. O(rows x features / threads).
 */
export function copyBins(copy: BinCopy, memory: WebAssembly.Memory): void {
  const { nBins, progress } = copy
  const nGroups = Math.ceil(nBins.length / GROUP)
  for (let group = Atomics.add(progress, NEXT, 1); group < nGroups; group = Atomics.add(progress, NEXT, 1)) {
    for (let f = group * GROUP; f < Math.min(nBins.length, (group + 1) * GROUP); f++) copyFeature(copy, memory, f)
    Atomics.add(progress, DONE, 1)
    Atomics.notify(progress, DONE)
  }
  for (let done = Atomics.load(progress, DONE); done < nGroups; done = Atomics.load(progress, DONE)) {
    Atomics.wait(progress, DONE, done)
  }
}

function copyFeature({ source, nRows, nBins, bins }: BinCopy, memory: WebAssembly.Memory, f: number): void {
  const { rows } = source
  const group = Math.floor(f / GROUP)
  const from = new Uint8Array(source.bins, 4 * group * source.nRows, 4 * source.nRows).subarray(f % GROUP)
  const out = new Uint8Array(memory.buffer, bins + f * nRows, nRows)
  const missing = nBins[f]
  for (let i = 0; i < nRows; i++) {
    const bin = from[4 * (rows ? rows[i] : i)]
    out[i] = bin === missing ? MISSING_BIN : bin
  }
}

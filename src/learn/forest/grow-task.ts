import { growJobFields, instantiateKernels, NODE_BYTES, readField, writeRecord } from '../../kernels/index.ts'
import type { PrepareTask } from '../../threads/index.ts'
import { copyBins, type BinCopy } from './copy-bins.ts'
import type { ForestTree } from './forest-tree.ts'

type JobField = (typeof growJobFields)[number]

/** What each tree draws and counts for itself. */
type TreeField =
  | ('key' | 'stream' | 'position' | 'spare' | 'nNodes' | 'nLeaves' | 'nSetWords')
  | ('thresholdKey' | 'thresholdStream' | 'thresholdPosition' | 'thresholdSpare')

/** Scratch and results of `GrowJob` in `kernels/wasm/forest-job.ts`. */
type ScratchField =
  | (
      | 'cells'
      | 'ordered'
      | 'rows'
      | 'spareRows'
      | 'ranks'
      | 'orders'
      | 'permutation'
      | 'constants'
      | 'classHistogram'
      | 'work'
    )
  | ('nodes' | 'sets' | 'shares')

/** Addresses that belong to one thread. */
export type ThreadPlan = { job: number } & Record<ScratchField, number>

/** What all threads share: the memory, the job's fields that are the same for all trees, and which plan is free next. */
export type GrowInput = {
  memory: WebAssembly.Memory
  seed: number
  copy: BinCopy
  job: Record<Exclude<JobField, TreeField | ScratchField>, number>
  plans: ThreadPlan[]
  nextPlan: Int32Array<SharedArrayBuffer>
}

/** Streams of random thresholds, behind those of the trees' rows and features. */
export const FIRST_THRESHOLD_STREAM = 2 ** 31

/** Task t grows tree t. */
export const prepareTask: PrepareTask<GrowInput, ForestTree> = ({
  memory,
  seed,
  copy,
  job: common,
  plans,
  nextPlan,
}) => {
  const kernels = instantiateKernels(memory)
  copyBins(copy, memory)
  const { job: address, ...scratch } = plans[Atomics.add(nextPlan, 0, 1)]
  const record = new Uint32Array(memory.buffer, address, growJobFields.length)
  return (task) => {
    const random = { key: seed, stream: task, position: 0, spare: 0 }
    const thresholds = {
      thresholdKey: seed,
      thresholdStream: FIRST_THRESHOLD_STREAM + task,
      thresholdPosition: 0,
      thresholdSpare: 0,
    }
    const job = { ...common, ...random, ...thresholds, ...scratch, nNodes: 0, nLeaves: 0, nSetWords: 0 }
    writeRecord(record, growJobFields, job)
    kernels.growTree(address)
    const nNodes = readField(record, growJobFields, 'nNodes')
    const nWords = readField(record, growJobFields, 'nSetWords')
    const nodes = Uint8Array.from(new Uint8Array(memory.buffer, scratch.nodes, nNodes * NODE_BYTES))
    const sets = Uint32Array.from(new Uint32Array(memory.buffer, scratch.sets, nWords))
    const nShares = readField(record, growJobFields, 'nLeaves') * common.nClasses
    const shares = Float32Array.from(new Float32Array(memory.buffer, scratch.shares, nShares))
    return { result: { nodes, sets, shares }, transfer: [nodes.buffer, sets.buffer, shares.buffer] }
  }
}

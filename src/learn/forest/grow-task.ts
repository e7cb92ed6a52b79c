import { growJobFields, instantiateKernels, NODE_BYTES, readField, writeRecord } from '../../kernels/index.ts'
import type { PrepareTask } from '../../threads/index.ts'
import type { GrownTree } from '../trees/trees.ts'

/** Addresses that belong to one thread. */
export type ThreadPlan = {
  job: number
  cells: number
  ordered: number
  rows: number
  spareRows: number
  ranks: number
  permutation: number
  work: number
  nodes: number
  sets: number
}

/** What all threads share: the memory, where things lie in it, and which plan is free next. */
export type GrowInput = {
  memory: WebAssembly.Memory
  data: { nRows: number; nFeatures: number; bins: number; labels: number; levels: number }
  options: { maxFeatures: number; minSamplesLeaf: number; maxDepth: number; seed: number }
  plans: ThreadPlan[]
  nextPlan: Int32Array<SharedArrayBuffer>
}

/** Task t grows tree t. */
export const prepareTask: PrepareTask<GrowInput, GrownTree> = ({ memory, data, options, plans, nextPlan }) => {
  const kernels = instantiateKernels(memory)
  const { job, ...scratch } = plans[Atomics.add(nextPlan, 0, 1)]
  const record = new Uint32Array(memory.buffer, job, growJobFields.length)
  const { seed, ...limits } = options
  return (task) => {
    const random = { key: seed, stream: task, position: 0, spare: 0 }
    writeRecord(record, growJobFields, { ...data, ...limits, ...random, ...scratch, nNodes: 0, nSetWords: 0 })
    kernels.growTree(job)
    const nNodes = readField(record, growJobFields, 'nNodes')
    const nWords = readField(record, growJobFields, 'nSetWords')
    const nodes = Uint8Array.from(new Uint8Array(memory.buffer, scratch.nodes, nNodes * NODE_BYTES))
    const sets = Uint32Array.from(new Uint32Array(memory.buffer, scratch.sets, nWords))
    return { result: { nodes, sets }, transfer: [nodes.buffer, sets.buffer] }
  }
}

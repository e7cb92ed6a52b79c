import {
  boostJobFields,
  boostSizes,
  firstBoostRow,
  instantiateKernels,
  NODE_BYTES,
  readField,
  writeField,
  writeRecord,
} from '../../kernels/index.ts'
import type { PrepareTask } from '../../threads/index.ts'
import type { GrownTree } from '../trees/trees.ts'
import { binColumns, layOutCells } from './bin-columns.ts'
import { EarlyStopping } from './early-stopping.ts'
import type { JobPlan, JobSize } from './layout.ts'
import { drawForTree, type SamplingOptions } from './sampling.ts'
import type { Stage } from './stage.ts'

/** Where each part of the job's memory begins. */
export type Addresses = Record<keyof JobPlan, number>

/** What all threads of a job share. */
export type BoostInput = {
  memory: WebAssembly.Memory
  at: Addresses
  size: JobSize
  maxBins: number
  maxDepth: number
  minSamplesLeaf: number
  nTrees: number
  patience: number | null
  sampling: SamplingOptions
  /** The raw score that every row begins with. */
  baseScore: number
  stage: Stage
  nextGroup: Int32Array<SharedArrayBuffer>
}

/**
 * Task t is thread t of the job: together the tasks bin the columns and grow the trees. There must be as many threads as
 * tasks, as they wait for each other. Task 0 results in the trees, the others in none; it reports after each tree how many
 * there are.
 */
export const prepareTask: PrepareTask<BoostInput, GrownTree[]> = (input) => {
  const { memory, at, size, nTrees, patience } = input
  const kernels = instantiateKernels(memory)
  return (thread, report) => {
    const meet = (): void => kernels.arrive(at.barrier, size.nThreads)
    binColumns(kernels, input, thread)
    meet()
    if (thread === 0) writeJob(input)
    const [begin, end] = [firstBoostRow(size, thread), firstBoostRow(size, thread + 1)]
    new Float32Array(memory.buffer, at.scores, size.nRows).fill(input.baseScore, begin, end)
    meet()
    const trees: GrownTree[] = []
    const stopping = new EarlyStopping(patience ?? Infinity)
    for (let t = 0; t < nTrees; t++) {
      if (thread === 0) writeDraw(input, t)
      kernels.boostTree(at.job, thread)
      if (thread === 0) {
        trees.push(copyTree(input))
        report(t + 1)
      }
      if (patience === null) continue
      // Every thread comes to the same sum, and so to the same end.
      const isOver = stopping.isOver(heldLoss(input))
      meet()
      if (isOver) break
    }
    if (patience !== null) trees.length = Math.min(trees.length, stopping.nBest)
    return { result: trees, transfer: trees.flatMap(({ nodes, sets }) => [nodes.buffer, sets.buffer]) }
  }
}

/** What tree t is grown from. All threads are at or before the first barrier of the tree, behind which they read it. */
function writeDraw({ memory, at, size, sampling }: BoostInput, t: number): void {
  const { rowKey, rowLimit, features } = drawForTree(t, size.nFeatures, sampling)
  new Uint8Array(memory.buffer, at.drawn, size.nFeatures).set(features)
  const job = new Uint32Array(memory.buffer, at.job, boostJobFields.length)
  writeField(job, boostJobFields, 'rowKey', rowKey)
  writeField(job, boostJobFields, 'rowLimit', rowLimit)
  writeField(job, boostJobFields, 'firstDrawn', features.indexOf(1))
}

/** The loss of the rows held out: the kernels leave a sum for each block of rows. */
function heldLoss({ memory, at, size }: BoostInput): number {
  const sums = new Float64Array(memory.buffer, at.blockSums, 2 * Math.ceil(size.nRows / boostSizes.blockRows))
  let loss = 0
  for (let block = 0; block < sums.length; block += 2) loss += sums[block]
  return loss
}

function writeJob(input: BoostInput): void {
  const { memory, at, size, maxDepth, minSamplesLeaf } = input
  const { nRows, nFeatures, maxLeaves, nThreads } = size
  writeRecord(new Uint32Array(memory.buffer, at.job, boostJobFields.length), boostJobFields, {
    ...at,
    nRows,
    nFeatures,
    maxLeaves,
    nThreads,
    maxDepth,
    minSamplesLeaf,
    weights: size.hasWeights ? at.weights : 0,
    held: size.hasHeld ? at.held : 0,
    rowKey: 0,
    rowLimit: 2 ** 32 - 1,
    firstDrawn: 0,
    histogramBytes: layOutCells(input),
    nNodes: 0,
    nSetWords: 0,
  })
}

/** The tree that was just grown. */
function copyTree({ memory, at }: BoostInput): GrownTree {
  const job = new Uint32Array(memory.buffer, at.job, boostJobFields.length)
  const nNodes = readField(job, boostJobFields, 'nNodes')
  const nSetWords = readField(job, boostJobFields, 'nSetWords')
  return {
    nodes: Uint8Array.from(new Uint8Array(memory.buffer, at.nodes, nNodes * NODE_BYTES)),
    sets: Uint32Array.from(new Uint32Array(memory.buffer, at.sets, nSetWords)),
  }
}

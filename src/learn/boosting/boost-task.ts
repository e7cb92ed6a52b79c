import {
  boostJobFields,
  boostLosses,
  boostSizes,
  EDGES_SCRATCH_BYTES,
  firstBoostRow,
  instantiateKernels,
  NODE_BYTES,
  readField,
  writeField,
  writeRecord,
  type Kernels,
} from '../../kernels/index.ts'
import type { PrepareTask } from '../../threads/index.ts'
import { binGroup, GROUP, type Binning } from '../trees/bin-columns.ts'
import { gatherWords, type BinnedSource } from '../trees/gather-bins.ts'
import type { GrownTree } from '../trees/trees.ts'
import { drawBundles, layOutBundles } from './bundles.ts'
import { EarlyStopping } from './early-stopping.ts'
import { bytesOfHistogram, claimBytes, countParts, paddedRows, type JobPlan, type JobSize } from './layout.ts'
import type { Objective } from './objective.ts'
import { drawForTree, type SamplingOptions } from './sampling.ts'

/** Where each part of the job's memory begins. */
export type Addresses = Record<keyof JobPlan, number>

/** What all threads of a job share. */
export type BoostInput = {
  memory: WebAssembly.Memory
  at: Addresses
  size: JobSize
  source: BinSource
  maxDepth: number
  minSamplesLeaf: number
  nTrees: number
  patience: number | null
  sampling: SamplingOptions
  loss: Objective['loss']
  /** The raw score that every row begins with, class by class. */
  start: readonly number[]
  /** Whether the loss is summed after each round: of the rows held out if there are any. */
  isFollowed: boolean
}

/** Where the bins come from: from columns on a stage, group by group as threads are free, or from a table binned before. */
export type BinSource =
  { kind: 'stage'; binning: Binning; nextGroup: Int32Array<SharedArrayBuffer> } | ({ kind: 'binned' } & BinnedSource)

/** What task 0 reports after each round: how many there were, and the sum of losses where it is followed. */
export type BoostReport = { nDone: number; loss: number | undefined }

/**
 * Task t is thread t of the job: together the tasks bin the columns, or copy bins, and grow the trees, in each round one for each class. There
 * must be as many threads as tasks, as they wait for each other. Task 0 results in the trees, round by round, the others in
 * none.
 */
export const prepareTask: PrepareTask<BoostInput, GrownTree[]> = (input) => {
  const { memory, at, size, nTrees, patience } = input
  const { nClasses } = size
  const kernels = instantiateKernels(memory)
  return (thread, report) => {
    const meet = (): void => kernels.arrive(at.barrier, size.nThreads)
    fillWords(kernels, input, thread)
    meet()
    if (thread === 0) writeJob(input)
    meet()
    fillBundles(kernels, input, thread)
    fillScores(input, thread)
    meet()
    const trees: GrownTree[] = []
    const stopping = new EarlyStopping(patience ?? Infinity)
    for (let round = 0; round < nTrees; round++) {
      for (let k = 0; k < nClasses; k++) {
        if (thread === 0) writeDraw(input, round * nClasses + k)
        // The class at hand is read before the first barrier of a tree.
        if (nClasses > 1) meet()
        kernels.boostTree(at.job, thread)
        if (thread === 0) trees.push(copyTree(input))
      }
      // Every thread comes to the same sum, and so to the same end.
      const loss = input.isFollowed ? summedLoss(input) : undefined
      if (thread === 0) report({ nDone: round + 1, loss } satisfies BoostReport)
      if (loss === undefined) continue
      meet()
      if (patience !== null && stopping.isOver(loss)) break
    }
    if (patience !== null) trees.length = Math.min(trees.length, stopping.nBest * nClasses)
    return { result: trees, transfer: trees.flatMap(({ nodes, sets }) => [nodes.buffer, sets.buffer]) }
  }
}

/** One thread's part in filling the words of all groups. */
function fillWords(kernels: Kernels, { memory, at, size, source }: BoostInput, thread: number): void {
  const { nRows, nFeatures } = size
  const nGroups = Math.ceil(nFeatures / GROUP)
  if (source.kind === 'binned') {
    const range: [number, number] = [firstBoostRow(size, thread), firstBoostRow(size, thread + 1)]
    for (let group = 0; group < nGroups; group++) {
      gatherWords(source, group, new Uint32Array(memory.buffer, at.words + group * GROUP * nRows, nRows), range)
    }
    return
  }
  const sortScratch = at.sortScratch + thread * EDGES_SCRATCH_BYTES
  for (;;) {
    const group = Atomics.add(source.nextGroup, 0, 1)
    if (group >= nGroups) return
    binGroup(kernels, source.binning, group, { words: at.words + group * GROUP * nRows, sortScratch })
  }
}

/** Bundles this thread's part of the rows, unless each feature has a byte to itself; room for a histogram is scratch enough. */
function fillBundles(kernels: Kernels, { memory, at, size }: BoostInput, thread: number): void {
  const job = new Uint32Array(memory.buffer, at.job, boostJobFields.length)
  if (readField(job, boostJobFields, 'nBundles') === size.nFeatures) return
  const scratch = (size.nThreads === 1 ? at.histograms : at.partials) + thread * bytesOfHistogram(size)
  kernels.bundleRows(at.job, scratch, firstBoostRow(size, thread), firstBoostRow(size, thread + 1))
}

/** Sets this thread's part of the scores of each class. */
function fillScores({ memory, at, size, start }: BoostInput, thread: number): void {
  const [begin, end] = [firstBoostRow(size, thread), firstBoostRow(size, thread + 1)]
  const scores = new Float32Array(memory.buffer, at.scores, size.nClasses * paddedRows(size.nRows))
  start.forEach((score, k) => scores.subarray(k * paddedRows(size.nRows)).fill(score, begin, end))
}

/** What tree t is grown from. All threads are at or before the first barrier of the tree, behind which they read it. */
function writeDraw(input: BoostInput, t: number): void {
  const { memory, at, size, sampling } = input
  const { rowKey, rowLimit, features } = drawForTree(t, size.nFeatures, sampling)
  new Uint8Array(memory.buffer, at.drawn, size.nFeatures).set(features)
  drawBundles(input, features)
  const job = new Uint32Array(memory.buffer, at.job, boostJobFields.length)
  writeField(job, boostJobFields, 'rowKey', rowKey)
  writeField(job, boostJobFields, 'rowLimit', rowLimit)
  writeField(job, boostJobFields, 'firstDrawn', features.indexOf(1))
  writeField(job, boostJobFields, 'classAtHand', t % size.nClasses)
}

/** The sum of losses: the kernels leave one for each block of rows. */
function summedLoss({ memory, at, size }: BoostInput): number {
  const sums = new Float64Array(memory.buffer, at.blockSums, 2 * Math.ceil(size.nRows / boostSizes.blockRows))
  let loss = 0
  for (let block = 0; block < sums.length; block += 2) loss += sums[block]
  return loss
}

function writeJob(input: BoostInput): void {
  const { memory, at, size, maxDepth, minSamplesLeaf } = input
  const { nRows, nFeatures, maxLeaves, nThreads, nClasses } = size
  writeRecord(new Uint32Array(memory.buffer, at.job, boostJobFields.length), boostJobFields, {
    ...at,
    nRows,
    nFeatures,
    maxLeaves,
    nThreads,
    nParts: countParts(size),
    claimBytes: claimBytes(size),
    nClasses,
    classAtHand: 0,
    loss: boostLosses[input.loss],
    isFollowed: Number(input.isFollowed),
    maxDepth,
    minSamplesLeaf,
    weights: size.hasWeights ? at.weights : 0,
    held: size.hasHeld ? at.held : 0,
    monotone: size.hasMonotone ? at.monotone : 0,
    rowKey: 0,
    rowLimit: 2 ** 32 - 1,
    firstDrawn: 0,
    ...layOutBundles(input),
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

/** Bytes of one tree node; the record is documented at `Node` in `wasm/node.ts`. */
export const NODE_BYTES = 12

/** Bytes of `StepNode` in `wasm/evaluate.ts`. */
export const STEP_NODE_BYTES = 16

/** Flags of a node. */
export const nodeFlags = { isLeaf: 1, isCategory: 2, missingRight: 4 } as const

/** Bin of a missing value. Ordinary bins are 0..254. */
export const MISSING_BIN = 255

/** Most rows a narrow cell of a forest's histograms can count: 21 bits. */
export const MAX_NARROW_ROWS = 2 ** 21 - 1

/** Most rows a wide cell can count: 28 bits. */
export const MAX_ROWS = 2 ** 28 - 1

/** Bytes of `work` in a grow job, zero before the first tree. */
export const WORK_BYTES = 25_008

/** Fields of `GrowJob` in `wasm/forest-job.ts`, all u32, in this order. */
export const growJobFields = [
  'nRows',
  'nFeatures',
  'bins',
  'nBins',
  'isCategory',
  'labels',
  'values',
  'weights',
  'aliases',
  'centres',
  'leafScale',
  'isWide',
  'isRegression',
  'nClasses',
  'maxFeatures',
  'minSamplesLeaf',
  'maxDepth',
  'bootstrap',
  'key',
  'stream',
  'position',
  'spare',
  'thresholdKey',
  'thresholdStream',
  'thresholdPosition',
  'thresholdSpare',
  'cells',
  'ordered',
  'rows',
  'spareRows',
  'ranks',
  'orders',
  'permutation',
  'constants',
  'classHistogram',
  'work',
  'nodes',
  'sets',
  'shares',
  'nNodes',
  'nLeaves',
  'nSetWords',
] as const

/** Bytes of scratch for `columnEdges`. */
export const EDGES_SCRATCH_BYTES = 3 * 2048 * 4 + 2 * 4 * 200_000

/** Fields of `BoostJob` in `wasm/boost/job.ts`, all u32, in this order. */
export const boostJobFields = [
  'nRows',
  'nFeatures',
  'words',
  'loss',
  'labels',
  'targets',
  'weights',
  'nBins',
  'isCategory',
  'monotone',
  'nBundles',
  'places',
  'bundles',
  'members',
  'histogramBytes',
  'maxLeaves',
  'maxDepth',
  'minSamplesLeaf',
  'rates',
  'held',
  'rowKey',
  'rowLimit',
  'drawn',
  'firstDrawn',
  'drawnBundles',
  'nThreads',
  'barrier',
  'nParts',
  'claims',
  'claimBytes',
  'classAtHand',
  'nClasses',
  'isFollowed',
  'scores',
  'normalisers',
  'cells',
  'rows',
  'spareRows',
  'blockSums',
  'histograms',
  'partials',
  'splits',
  'leaves',
  'spans',
  'scratch',
  'nodes',
  'sets',
  'nNodes',
  'nSetWords',
] as const

/** Fields of `Place` and `Bundle` in `wasm/boost/bundle.ts`, all u32, in these orders. */
export const boostPlaceFields = ['bundle', 'shift', 'mask'] as const
export const boostBundleFields = ['offset', 'bytes', 'first', 'end'] as const

/** Fields of `BoostRates` in `wasm/boost/job.ts`, all f64, in this order. */
export const boostRateFields = [
  'learningRate',
  'l1',
  'l2',
  'minGain',
  'minHessian',
  'categorySmoothing',
  'categoryL2',
  'power',
  'hessianFactor',
] as const

/** Losses of `wasm/boost/loss.ts`. */
export const boostLosses = {
  logistic: 0,
  squared: 1,
  absolute: 2,
  poisson: 3,
  gamma: 4,
  tweedie: 5,
  softmax: 6,
} as const

/** Sizes of what `wasm/boost` keeps: rows whose gradients are summed together, and bytes of its records. */
export const boostSizes = { blockRows: 1024, barrier: 128, split: 64, leaf: 128, scratch: 17_984 } as const

/** First row of a thread where threads copy and fill rows, each its part in one piece; that of thread nThreads is nRows. */
export function firstBoostRow({ nRows, nThreads }: { nRows: number; nThreads: number }, thread: number): number {
  const nBlocks = Math.ceil(nRows / boostSizes.blockRows)
  return Math.min(nRows, Math.floor((nBlocks * thread) / nThreads) * boostSizes.blockRows)
}

/** Fields of `Forest` in `wasm/evaluate.ts`, all u32, in this order. */
export const forestFields = ['nodes', 'trees', 'nTrees', 'sets', 'stride'] as const

/** Fields of `LeafMasks`, `MaskBlock` and `MaskFeature` in `wasm/leaf-masks.ts`, all u32, in these orders. */
export const leafMasksFields = ['nBlocks', 'blocks', 'stride'] as const
export const maskBlockFields = ['nTrees', 'nFeatures', 'features', 'values'] as const
export const maskFeatureFields = ['feature', 'nBins', 'lines'] as const

/** Trees of a `MaskBlock`, most leaves of each, and bytes of what one bin rules out in all of them. */
export const MASK_BLOCK_TREES = 16
export const MAX_MASK_LEAVES = 32
export const LEAF_MASK_LINE_BYTES = 64

/** Bytes of `ShapSplit` in `wasm/shap/tree.ts`, with its set of bins from byte 40. */
export const SHAP_SPLIT_BYTES = 72

/** Fields of `ShapTree` in `wasm/shap/tree.ts`, all u32, in this order. */
export const shapTreeFields = ['splits', 'nSplits', 'nPairs', 'quadrature', 'parents'] as const

/** Fields of `ShapJob` in `wasm/shap/tree.ts`, all u32, in this order. */
export const shapJobFields = [
  'trees',
  'nTrees',
  'rows',
  'nRows',
  'nFeatures',
  'values',
  'interactions',
  'factors',
  'followed',
  'slots',
  'edges',
  'states',
  'product',
] as const

/** Fields of `BackgroundJob` in `wasm/shap/background.ts`, all u32, in this order. */
export const backgroundJobFields = [
  'trees',
  'nTrees',
  'rows',
  'nRows',
  'nFeatures',
  'values',
  'background',
  'nBackground',
  'nWords',
  'orders',
  'chunkRows',
  'order',
  'parted',
  'classes',
  'frames',
  'masks',
  'sides',
  'union',
  'features',
  'shares',
  'counts',
  'maxCountedBits',
] as const

/**
 * Sizes in `wasm/shap/background.ts`: bytes of a split with its set of bins from byte `set`, of a class of rows before its words,
 * of a frame; most features of a path; what stands for a child that is left out.
 */
export const backgroundSizes = {
  split: 72,
  set: 40,
  rowClass: 24,
  frame: 16,
  maxSlots: 64,
  noChild: 0xffffffff,
} as const

/** Writes a record of fields of one type for a kernel. */
export function writeRecord<Field extends string>(
  view: Uint32Array | Float64Array,
  fields: readonly Field[],
  values: Record<Field, number>,
): void {
  fields.forEach((field, i) => {
    view[i] = values[field]
  })
}

/** Writes one field of such a record. */
export function writeField<Field extends string>(
  view: Uint32Array,
  fields: readonly Field[],
  field: Field,
  value: number,
): void {
  view[fields.indexOf(field)] = value
}

/** Reads one field of such a record. */
export function readField<Field extends string>(view: Uint32Array, fields: readonly Field[], field: Field): number {
  return view[fields.indexOf(field)]
}

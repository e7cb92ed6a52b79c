/** Bytes of one tree node; the record is documented at `Node` in `wasm/node.ts`. */
export const NODE_BYTES = 12

/** Flags of a node. */
export const nodeFlags = { isLeaf: 1, isCategory: 2, missingRight: 4 } as const

/** Bin of a missing value. Ordinary bins are 0..254. */
export const MISSING_BIN = 255

/** Most rows a histogram cell can count: 21 bits. */
export const MAX_ROWS = 2 ** 21 - 1

/** Bytes of `work` in a grow job, zero before the first tree. */
export const WORK_BYTES = 6480

/** Fields of `GrowJob` in `wasm/grow.ts`, all u32, in this order. */
export const growJobFields = [
  'nRows',
  'nFeatures',
  'bins',
  'labels',
  'levels',
  'maxFeatures',
  'minSamplesLeaf',
  'maxDepth',
  'key',
  'stream',
  'position',
  'spare',
  'cells',
  'ordered',
  'rows',
  'spareRows',
  'ranks',
  'permutation',
  'work',
  'nodes',
  'sets',
  'nNodes',
  'nSetWords',
] as const

/** Fields of `Forest` in `wasm/evaluate.ts`, all u32, in this order. */
export const forestFields = ['nodes', 'trees', 'nTrees', 'sets', 'stride'] as const

/** Writes a record of u32 fields for a kernel. */
export function writeRecord<Field extends string>(
  view: Uint32Array,
  fields: readonly Field[],
  values: Record<Field, number>,
): void {
  fields.forEach((field, i) => {
    view[i] = values[field]
  })
}

/** Reads one field of such a record. */
export function readField<Field extends string>(view: Uint32Array, fields: readonly Field[], field: Field): number {
  return view[fields.indexOf(field)]
}

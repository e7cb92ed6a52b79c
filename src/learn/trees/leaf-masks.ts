import {
  LEAF_MASK_LINE_BYTES,
  leafMasksFields,
  MASK_BLOCK_TREES,
  maskBlockFields,
  maskFeatureFields,
  MAX_MASK_LEAVES,
  NODE_BYTES,
  writeRecord,
  type Arena,
} from '../../kernels/index.ts'
import { countBins, type Preparation } from '../preparation.ts'
import { readNode, type Trees } from './trees.ts'

/** Lines of more bytes than this would no longer stay in a cache near enough to be worth it. */
const MAX_BYTES = 2 ** 25

const LINE_WORDS = LEAF_MASK_LINE_BYTES / 4

/** What one bin of one feature rules out in the trees of a block: a line for each bin and for missing values. */
export type MaskBlock = {
  nTrees: number
  lines: Map<number, Uint32Array>
  /** The values of the leaves from the left, 32 for each tree. */
  values: Float32Array
}

/**
 * Trees begin..end-1 as `kernels/wasm/leaf-masks.ts` wants them; undefined where a tree has more leaves than a mask has bits, or where all lines
 * together would be large. O(splits x bins).
 */
export function makeLeafMasks(
  trees: Trees,
  preparation: Preparation,
  { begin, end }: { begin: number; end: number },
): MaskBlock[] | undefined {
  const nNodes = trees.nodes.length / NODE_BYTES
  const blocks: MaskBlock[] = []
  let sizeBytes = 0
  for (let t = begin; t < end; t++) {
    const last = trees.starts[2 * t + 2] ?? nNodes
    // A binary tree of n leaves has 2n - 1 nodes.
    if (last - trees.starts[2 * t] > 2 * MAX_MASK_LEAVES - 1) return undefined
    if ((t - begin) % MASK_BLOCK_TREES === 0)
      blocks.push({ nTrees: 0, lines: new Map(), values: new Float32Array(32 * MASK_BLOCK_TREES) })
    const block = blocks.at(-1)!
    const before = block.lines.size
    addTree(block, trees, t, preparation)
    for (const feature of [...block.lines.keys()].slice(before)) sizeBytes += block.lines.get(feature)!.byteLength
    if (sizeBytes > MAX_BYTES) return undefined
  }
  return blocks
}

/** Numbers the leaves of tree t from the left, and has each split rule out its left ones where a bin goes right. */
function addTree(block: MaskBlock, trees: Trees, t: number, preparation: Preparation): void {
  const root = trees.starts[2 * t]
  const firstWord = trees.starts[2 * t + 1]
  const view = new DataView(trees.nodes.buffer, trees.nodes.byteOffset, trees.nodes.byteLength)
  const inBlock = block.nTrees++
  let nLeaves = 0
  const visit = (index: number): void => {
    const node = readNode(view, root + index)
    if (node.kind === 'leaf') {
      block.values[32 * inBlock + nLeaves++] = node.value
      return
    }
    const begin = nLeaves
    visit(node.left)
    const leftLeaves = (2 ** nLeaves - 2 ** begin) >>> 0
    const nBins = countBins(preparation[node.feature])
    const lines = linesOf(block, node.feature, nBins)
    for (let bin = 0; bin <= nBins; bin++) {
      const goesRight =
        bin === nBins
          ? node.missingRight
          : node.kind === 'number'
            ? bin > node.bin
            : ((trees.sets[firstWord + node.firstWord + (bin >>> 5)] >>> (bin & 31)) & 1) === 1
      if (goesRight) lines[bin * LINE_WORDS + inBlock] &= ~leftLeaves
    }
    visit(node.left + 1)
  }
  visit(0)
}

function linesOf(block: MaskBlock, feature: number, nBins: number): Uint32Array {
  const known = block.lines.get(feature)
  if (known) return known
  const lines = new Uint32Array((nBins + 1) * LINE_WORDS).fill(2 ** 32 - 1)
  block.lines.set(feature, lines)
  return lines
}

/**
 * Reserves room for the blocks.
 * @returns what writes them once the memory is there, and gives the address of the record that the kernels take
 */
export function reserveLeafMasks(arena: Arena, blocks: readonly MaskBlock[], stride: number): () => number {
  const record = arena.reserve(Uint32Array, leafMasksFields.length)
  const heads = arena.reserve(Uint32Array, maskBlockFields.length * blocks.length)
  const parts = blocks.map(({ lines, values }) => ({
    values: arena.reserve(Float32Array, values.length),
    features: arena.reserve(Uint32Array, maskFeatureFields.length * lines.size),
    lines: [...lines.values()].map((words) => arena.reserve(Uint32Array, words.length)),
  }))
  return () => {
    blocks.forEach((block, k) => {
      const at = parts[k]
      at.values().set(block.values)
      const head = { nTrees: block.nTrees, nFeatures: block.lines.size, features: at.features().byteOffset }
      const fields = maskBlockFields.length
      writeRecord(heads().subarray(fields * k, fields * (k + 1)), maskBlockFields, {
        ...head,
        values: at.values().byteOffset,
      })
      ;[...block.lines].forEach(([feature, words], i) => {
        const lines = at.lines[i]()
        lines.set(words)
        const nBins = words.length / LINE_WORDS - 1
        const width = maskFeatureFields.length
        const place = at.features().subarray(width * i, width * (i + 1))
        writeRecord(place, maskFeatureFields, { feature, nBins, lines: lines.byteOffset })
      })
    })
    writeRecord(record(), leafMasksFields, { nBlocks: blocks.length, blocks: heads().byteOffset, stride })
    return record().byteOffset
  }
}

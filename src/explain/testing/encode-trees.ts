import { NODE_BYTES, nodeFlags } from '../../kernels/index.ts'
import type { Trees } from '../../learn/index.ts'

/** A tree for tests; what goes right of a number split is a bin above `bin`, of a category split one of `right`. */
export type PlainTree =
  | { value: number; cover: number }
  | { feature: number; bin: number; missingRight: boolean; children: [PlainTree, PlainTree] }
  | { feature: number; right: number[]; missingRight: boolean; children: [PlainTree, PlainTree] }

/** Writes trees as the kernels read them. Leaf values are rounded to float32. */
export function encodeTrees(plain: readonly PlainTree[]): Trees {
  const starts: number[] = []
  const words: number[] = []
  const records: Uint8Array[] = []
  for (const tree of plain) {
    starts.push(records.length, words.length)
    const nodes: PlainTree[] = [tree]
    for (let index = 0; index < nodes.length; index++) {
      records.push(encodeNode(nodes[index], nodes.length, () => words.length - starts.at(-1)!))
      const node = nodes[index]
      if ('right' in node) words.push(...wordsOf(node.right))
      if ('children' in node) nodes.push(...node.children)
    }
  }
  const nodes = new Uint8Array(NODE_BYTES * records.length)
  records.forEach((record, i) => nodes.set(record, NODE_BYTES * i))
  return { nodes, starts: Uint32Array.from(starts), sets: Uint32Array.from(words) }
}

function encodeNode(node: PlainTree, next: number, firstWord: () => number): Uint8Array {
  const record = new Uint8Array(NODE_BYTES)
  const view = new DataView(record.buffer)
  if ('value' in node) {
    view.setUint8(3, nodeFlags.isLeaf)
    view.setUint32(4, node.cover, true)
    view.setFloat32(8, node.value, true)
    return record
  }
  const isCategory = 'right' in node
  view.setUint16(0, node.feature, true)
  view.setUint8(3, (isCategory ? nodeFlags.isCategory : 0) | (node.missingRight ? nodeFlags.missingRight : 0))
  view.setUint32(4, next, true)
  if (isCategory) view.setUint32(8, firstWord(), true)
  else view.setUint8(2, node.bin)
  return record
}

/** Eight words for every set: enough for any number of bins. */
function wordsOf(bins: readonly number[]): number[] {
  const words = new Uint32Array(8)
  for (const bin of bins) words[bin >>> 5] |= 1 << (bin & 31)
  return [...words]
}

import { NODE_BYTES } from '../../kernels/index.ts'
import { countBins, type Preparation } from '../preparation.ts'
import { readNode, type Trees } from '../trees/trees.ts'
import type { SlowNode } from './slow-boosting.ts'

/** The nodes of each tree, with the sets of category splits as lists of bins. */
export function decodeTrees({ trees, preparation }: { trees: Trees; preparation: Preparation }): SlowNode[][] {
  const view = new DataView(trees.nodes.buffer, trees.nodes.byteOffset, trees.nodes.byteLength)
  const nTrees = trees.starts.length / 2
  return Array.from({ length: nTrees }, (_, t) => {
    const end = t + 1 < nTrees ? trees.starts[2 * t + 2] : trees.nodes.length / NODE_BYTES
    return Array.from({ length: end - trees.starts[2 * t] }, (_, i): SlowNode => {
      const node = readNode(view, trees.starts[2 * t] + i)
      if (node.kind !== 'category') return node
      const { firstWord, ...split } = node
      const nBins = countBins(preparation[node.feature])
      const isRight = (bin: number): boolean =>
        ((trees.sets[trees.starts[2 * t + 1] + firstWord + (bin >>> 5)] >>> (bin & 31)) & 1) === 1
      return { ...split, right: Array.from({ length: nBins }, (_, bin) => bin).filter(isRight) }
    })
  })
}

import { modelBytesInvalid } from '../../model/codec.ts'
import { countNodes, readNode, type Trees } from '../../trees/trees.ts'
import { isShare } from '../codec.ts'
import type { ClassShares } from './forest-classes.ts'

/**
 * Checks that every leaf says its number in its tree, in the order of the nodes, and that there are shares for it. O(nodes x classes).
 * @throws MODEL_BYTES_INVALID
 */
export function checkShares(trees: Trees, { nClasses, shares }: ClassShares): void {
  const { nLeaves, nNodes, nTrees } = countNodes(trees)
  if (shares.length !== nLeaves * nClasses) {
    throw modelBytesInvalid(`${shares.length} shares of classes`, `${nLeaves * nClasses}`)
  }
  const wrong = shares.findIndex((share) => !isShare(share))
  if (wrong >= 0) throw modelBytesInvalid(`the share ${shares[wrong]} of a class`, 'one from 0 to 1')
  const view = new DataView(trees.nodes.buffer, trees.nodes.byteOffset, trees.nodes.byteLength)
  for (let t = 0; t < nTrees; t++) {
    const end = t + 1 < nTrees ? trees.starts[2 * t + 2] : nNodes
    let leaf = 0
    for (let index = trees.starts[2 * t]; index < end; index++) {
      const node = readNode(view, index)
      if (node.kind !== 'leaf') continue
      if (node.value !== leaf)
        throw modelBytesInvalid(`leaf ${leaf} of tree ${t} with the number ${node.value}`, `${leaf}`)
      leaf++
    }
    if (2 * leaf !== end - trees.starts[2 * t] + 1)
      throw modelBytesInvalid(`tree ${t} with ${leaf} leaves`, 'one more than splits')
  }
}

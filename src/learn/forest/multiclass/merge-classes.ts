import { modelBytesInvalid } from '../../model/codec.ts'
import { countNodes, sliceTrees, type Trees } from '../../trees/trees.ts'
import { isShare } from '../codec.ts'
import { leavesOf, withLeafValues } from '../forest-tree.ts'

/**
 * The trees that bytes of old have once for each class, class by class, each once, with the shares that differ. O(nodes x classes).
 * @param trees as many for each class, checked to lead from a root to leaves
 * @throws MODEL_BYTES_INVALID for classes that differ in more than what leaves say
 */
export function mergeClasses(trees: Trees, nClasses: number): { trees: Trees; shares: Float32Array } {
  const nTrees = trees.starts.length / 2 / nClasses
  const ofClass = Array.from({ length: nClasses }, (_, k) => sliceTrees(trees, k * nTrees, (k + 1) * nTrees))
  const [first] = ofClass
  const empty = withLeafValues(first, () => 0)
  const shares = new Float32Array(countNodes(first).nLeaves * nClasses)
  for (const [k, own] of ofClass.entries()) {
    if (
      !isSame(
        withLeafValues(own, () => 0),
        empty,
      )
    ) {
      throw modelBytesInvalid(`trees of class ${k} that split otherwise than those of class 0`, 'the same splits')
    }
    const view = new DataView(own.nodes.buffer, own.nodes.byteOffset, own.nodes.byteLength)
    let at = k
    for (const leaf of leavesOf(own.nodes)) {
      const share = view.getFloat32(leaf + 8, true)
      if (!isShare(share)) throw modelBytesInvalid(`the share ${share} of a class`, 'one from 0 to 1')
      shares[at] = share
      at += nClasses
    }
  }
  return { trees: numbered(first), shares }
}

function isSame(a: Trees, b: Trees): boolean {
  const sameBytes = (x: Uint8Array | Uint32Array, y: Uint8Array | Uint32Array): boolean =>
    x.length === y.length && x.every((value, i) => value === y[i])
  return sameBytes(a.nodes, b.nodes) && sameBytes(a.starts, b.starts) && sameBytes(a.sets, b.sets)
}

/** Each leaf says its number in its tree. */
function numbered(trees: Trees): Trees {
  const { starts } = trees
  const firstLeaves = Array.from({ length: starts.length / 2 }, (_, t) => (starts[2 * t] + t) / 2)
  let t = 0
  return withLeafValues(trees, (leaf) => {
    while (t + 1 < firstLeaves.length && leaf >= firstLeaves[t + 1]) t++
    return leaf - firstLeaves[t]
  })
}

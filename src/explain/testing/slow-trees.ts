import { MISSING_BIN } from '../../kernels/index.ts'
import { countBins, readNode, type Preparation, type Table, type TreeEnsemble } from '../../learn/index.ts'

/** A tree as nested objects; cover is the number of training rows that came by. */
export type SlowTree =
  | { cover: number; value: number }
  | { cover: number; feature: number; isRight: (bin: number) => boolean; left: SlowTree; right: SlowTree }

/** The trees of an ensemble; leaf values are multiplied by its scale. */
export function slowTrees({ trees, scale }: TreeEnsemble): SlowTree[] {
  const { nodes, starts, sets } = trees
  const view = new DataView(nodes.buffer, nodes.byteOffset, nodes.byteLength)
  const build = (root: number, firstWord: number, index: number): SlowTree => {
    const node = readNode(view, root + index)
    if (node.kind === 'leaf') return { cover: node.nSamples, value: node.value * scale }
    const [left, right] = [0, 1].map((side) => build(root, firstWord, node.left + side))
    const isRight = (bin: number): boolean => {
      if (bin === MISSING_BIN) return node.missingRight
      if (node.kind === 'number') return bin > node.bin
      const word = sets[firstWord + node.firstWord + Math.floor(bin / 32)]
      return Math.floor(word / 2 ** (bin % 32)) % 2 === 1
    }
    return { cover: left.cover + right.cover, feature: node.feature, isRight, left, right }
  }
  return Array.from({ length: starts.length / 2 }, (_, t) => build(starts[2 * t], starts[2 * t + 1], 0))
}

/** The bins of one row, by the definitions. */
export function slowBins(preparation: Preparation, table: Table, row: number): number[] {
  return preparation.map((bins) => {
    const column = table.columns.find(({ name }) => name === bins.name)!
    if (column.kind === 'number') {
      const value = column.values[row]
      if (Number.isNaN(value)) return MISSING_BIN
      return bins.kind === 'number' ? bins.edges.filter((edge) => edge < Math.fround(value)).length : NaN
    }
    if (column.codes[row] < 0) return MISSING_BIN
    const bin = bins.kind === 'category' ? bins.levels.indexOf(column.levels[column.codes[row]]) : NaN
    return bin < 0 ? countBins(bins) - 1 : bin
  })
}

/** What share of a node's training rows went to a child; one half where none came by. */
export function slowShare(parent: SlowTree, child: SlowTree): number {
  return parent.cover > 0 ? child.cover / parent.cover : 1 / 2
}

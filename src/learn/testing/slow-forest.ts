import { MISSING_BIN } from '../../kernels/index.ts'
import type { Forest } from '../forest/forest.ts'
import { readNode, type TreeNode } from '../trees/trees.ts'
import { countBins, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'

export type Leaf = Extract<TreeNode, { kind: 'leaf' }> & { index: number }

/** The leaf that a row of bins reaches in tree t, walked node by node over decoded records. */
export function slowLeaf(forest: Forest, t: number, bins: number[]): Leaf {
  const { nodes, starts, sets } = forest.trees
  const view = new DataView(nodes.buffer, nodes.byteOffset, nodes.byteLength)
  let index = 0
  for (;;) {
    const node = readNode(view, starts[2 * t] + index)
    if (node.kind === 'leaf') return { ...node, index }
    const bin = bins[node.feature]
    const inSet = (firstWord: number): boolean => {
      const word = sets[starts[2 * t + 1] + firstWord + Math.floor(bin / 32)]
      return Math.floor(word / 2 ** (bin % 32)) % 2 === 1
    }
    const isRight =
      bin === MISSING_BIN ? node.missingRight : node.kind === 'number' ? bin > node.bin : inSet(node.firstWord)
    index = node.left + (isRight ? 1 : 0)
  }
}

/** The bins of one row of a table whose columns stand in the forest's order, by the definitions. */
export function slowBins(forest: Forest, table: Table, row: number): number[] {
  return slowBinsOf(forest.preparation, table, row)
}

/** The bins of one row of a table whose columns stand in the order of the preparation. */
export function slowBinsOf(preparation: Preparation, table: Table, row: number): number[] {
  return preparation.map((bins, f) => {
    const column = table.columns[f]
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

/** The mean leaf value over the trees, summed in their order. */
export function slowScore(forest: Forest, table: Table, row: number): number {
  const bins = slowBins(forest, table, row)
  const nTrees = forest.trees.starts.length / 2
  let sum = 0
  for (let t = 0; t < nTrees; t++) sum += slowLeaf(forest, t, bins).value
  return sum / nTrees
}

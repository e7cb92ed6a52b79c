import { MISSING_BIN } from '../../kernels/index.ts'
import { readNode, type TreeNode, type Trees } from '../trees/trees.ts'
import { countBins, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'

/** Trees of any kind of model, and how its columns are cut. */
type SlowForest = { trees: Trees; preparation: Preparation }

export type Leaf = Extract<TreeNode, { kind: 'leaf' }> & { index: number }

/** The leaf that a row of bins reaches in tree t, walked node by node over decoded records. */
export function slowLeaf(forest: SlowForest, t: number, bins: number[]): Leaf {
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
export function slowBins(forest: SlowForest, table: Table, row: number): number[] {
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

/** The sum of leaf values over some of the trees, or all, in their order. */
export function slowSum(
  forest: SlowForest,
  { table, row }: { table: Table; row: number },
  [first, end] = [0, forest.trees.starts.length / 2],
): number {
  const bins = slowBins(forest, table, row)
  let sum = 0
  for (let t = first; t < end; t++) sum += slowLeaf(forest, t, bins).value
  return sum
}

/** The mean leaf value over the trees, summed in their order. */
export function slowScore(forest: SlowForest, table: Table, row: number): number {
  return slowSum(forest, { table, row }) / (forest.trees.starts.length / 2)
}

import { beforeAll, describe, expect, it } from 'vitest'
import { categories, mixedTable, numbers, rowOf } from '../../../test/learning-tables.ts'
import { GradientBoostingClassifier } from '../boosting/gradient-boosting.ts'
import type { BoostingOptions } from '../boosting/options.ts'
import type { BoostedTrees } from '../boosting/boosted-trees.ts'
import type { Table } from '../table.ts'
import { decodeTrees } from '../testing/decode-trees.ts'
import { slowBinsOf } from '../testing/slow-forest.ts'
import { MISSING_BIN } from '../../kernels/index.ts'
import { TreeEvaluator } from './evaluator.ts'
import { makeLeafMasks } from './leaf-masks.ts'

const training = mixedTable(900)

/** Rows as they come later: missing, beyond the range, levels never seen. */
const later: Table = {
  nRows: 9,
  columns: [
    numbers('amount', [null, Infinity, -Infinity, 0, 1e300, -0, 55, 120.1, 999]),
    numbers('age', [null, null, 3, 200, 44, 18, 77, 21, -1]),
    categories('region', [null, 'a', 'never seen', 'c', '', 'f', 'h', null, 'b']),
    categories('agent', [null, 'nobody', 'agent 3', 'agent 39', null, 'agent 0', 'agent 7', 'agent 8', 'agent 9']),
  ],
}

const fit = (options: Partial<BoostingOptions>): Promise<BoostedTrees> =>
  new GradientBoostingClassifier({ nThreads: 1, minSamplesLeaf: 1, ...options }).fit(training)

/** The sum of each row for some of the trees: walked node by node, added in the order of the trees. */
function slowSums(model: BoostedTrees, table: Table, begin: number, end: number): number[] {
  const trees = decodeTrees(model).slice(begin, end)
  return Array.from({ length: table.nRows }, (_, row) => {
    const bins = slowBinsOf(model.preparation, table, row)
    return trees.reduce((sum, nodes) => {
      let node = nodes[0]
      while (node.kind !== 'leaf') {
        const bin = bins[node.feature]
        const inSet = node.kind === 'number' ? bin > node.bin : node.right.includes(bin)
        node = nodes[node.left + ((bin === MISSING_BIN ? node.missingRight : inSet) ? 1 : 0)]
      }
      return sum + node.value
    }, 0)
  })
}

const nTreesOf = ({ trees }: BoostedTrees): number => trees.starts.length / 2
const hasMasks = (model: BoostedTrees): boolean =>
  makeLeafMasks(model.trees, model.preparation, { begin: 0, end: nTreesOf(model) }) !== undefined

describe('sums by masks of leaves', () => {
  it.each([1, 4, 15, 16, 17, 40])('are those of a walk down %d trees, bit for bit', async (nTrees) => {
    const model = await fit({ nTrees, maxLeaves: 32 })
    expect(hasMasks(model)).toBe(true)
    const evaluator = new TreeEvaluator(model.preparation, model.trees)
    for (const table of [training.table, later]) {
      expect([...evaluator.sums(table)]).toEqual(slowSums(model, table, 0, nTrees))
    }
  })

  it.each([2, 3, 31])('are those of a walk down trees of %d leaves, in a table and alone', async (maxLeaves) => {
    const model = await fit({ nTrees: 20, maxLeaves, maxBins: 9 })
    const evaluator = new TreeEvaluator(model.preparation, model.trees)
    const sums = slowSums(model, later, 0, 20)
    expect([...evaluator.sums(later)]).toEqual(sums)
    expect(sums.map((_, row) => evaluator.sumOfRow(rowOf(later, row)))).toEqual(sums)
  })

  it('are those of trees that split nothing', async () => {
    const model = await fit({ nTrees: 3, minGain: 1e9 })
    expect(hasMasks(model)).toBe(true)
    expect([...new TreeEvaluator(model.preparation, model.trees).sums(later)]).toEqual(slowSums(model, later, 0, 3))
  })

  describe('of groups of trees', () => {
    let model: BoostedTrees
    beforeAll(async () => {
      model = await fit({ nTrees: 54, maxLeaves: 32 })
    })

    it('are sums of each group', () => {
      const evaluator = new TreeEvaluator(model.preparation, model.trees, 3)
      const groups = [0, 1, 2].map((group) => slowSums(model, later, 18 * group, 18 * (group + 1)))
      expect([...evaluator.sums(later)]).toEqual(groups[0].flatMap((_, row) => groups.map((sums) => sums[row])))
      expect(evaluator.sumsOfRow(rowOf(later, 4))).toEqual(groups.map((sums) => sums[4]))
    })
  })

  it('are not made where a tree has more leaves than a mask has bits: then the trees are walked down', async () => {
    const model = await fit({ nTrees: 5, maxLeaves: 33 })
    expect(hasMasks(model)).toBe(false)
    expect([...new TreeEvaluator(model.preparation, model.trees).sums(later)]).toEqual(slowSums(model, later, 0, 5))
  })
})

import { describe, expect, it } from 'vitest'
import { TreeExplainer } from '../index.ts'
import {
  bruteInteractions,
  bruteShapley,
  interventionalGame,
  pathDependentGame,
  type Game,
} from '../testing/brute-shapley.ts'
import { distance } from '../testing/distance.ts'
import { slowBins, slowTrees, type SlowTree } from '../testing/slow-trees.ts'
import { randomEnsemble, randomTable } from './ensembles.fixture.ts'

const nFeatures = 6
const shapes = [
  { nFeatures, nTrees: 3, maxDepth: 4, seed: 1 },
  { nFeatures, nTrees: 2, maxDepth: 7, seed: 2 },
  { nFeatures, nTrees: 2, maxDepth: 5, seed: 3, emptyShare: 0.4 },
  { nFeatures, nTrees: 4, maxDepth: 0, seed: 4 },
]

describe.each(shapes)(
  'TreeExplainer, by the definition of Shapley values ($nTrees trees of depth $maxDepth)',
  (shape) => {
    const ensemble = randomEnsemble(shape)
    const table = randomTable(nFeatures, 6, shape.seed)
    const bins = Array.from({ length: table.nRows }, (_, row) => slowBins(ensemble.preparation, table, row))
    const trees = slowTrees(ensemble)

    /** For every row, what the definition gives for each tree, added up. */
    const byDefinition = (
      attribute: (game: Game, n: number) => Float64Array,
      gameOf: (tree: SlowTree, bins: number[]) => Game,
    ): number[] =>
      bins.flatMap((rowBins) => {
        const perTree = trees.map((tree) => attribute(gameOf(tree, rowBins), nFeatures))
        return [...perTree[0].keys()].map((i) => perTree.reduce((sum, values) => sum + values[i], 0))
      })

    it('is right without a background', () => {
      const { values } = new TreeExplainer(ensemble).explain(table)
      expect(distance(values, byDefinition(bruteShapley, pathDependentGame))).toBeLessThan(1e-10)
    })

    it('is right against a background', () => {
      const background = randomTable(nFeatures, 5, 100 + shape.seed)
      const others = Array.from({ length: 5 }, (_, row) => slowBins(ensemble.preparation, background, row))
      const { values } = new TreeExplainer(ensemble, { background }).explain(table)
      const truth = byDefinition(bruteShapley, (tree, rowBins) => interventionalGame(tree, rowBins, others))
      expect(distance(values, truth)).toBeLessThan(1e-10)
    })

    it('is right about interactions', () => {
      const values = new TreeExplainer(ensemble).interactions(table)
      expect(distance(values, byDefinition(bruteInteractions, pathDependentGame))).toBeLessThan(1e-10)
    })
  },
)

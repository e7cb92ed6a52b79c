import { describe, expect, it } from 'vitest'
import { TreeExplainer } from '../index.ts'
import { bruteInteractions, bruteShapley, interventionalGame, pathDependentGame } from '../testing/brute-shapley.ts'
import { slowBins, slowTrees } from '../testing/slow-trees.ts'
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

    it('is right without a background', () => {
      const { values } = new TreeExplainer(ensemble).explain(table)
      bins.forEach((rowBins, row) => {
        const truth = new Float64Array(nFeatures)
        for (const tree of trees) {
          bruteShapley(pathDependentGame(tree, rowBins), nFeatures).forEach((value, f) => (truth[f] += value))
        }
        expectClose(values.subarray(row * nFeatures, (row + 1) * nFeatures), truth)
      })
    })

    it('is right against a background', () => {
      const background = randomTable(nFeatures, 5, 100 + shape.seed)
      const others = Array.from({ length: 5 }, (_, row) => slowBins(ensemble.preparation, background, row))
      const { values } = new TreeExplainer(ensemble, { background }).explain(table)
      bins.forEach((rowBins, row) => {
        const truth = new Float64Array(nFeatures)
        for (const tree of trees) {
          bruteShapley(interventionalGame(tree, rowBins, others), nFeatures).forEach((value, f) => (truth[f] += value))
        }
        expectClose(values.subarray(row * nFeatures, (row + 1) * nFeatures), truth)
      })
    })

    it('is right about interactions', () => {
      const values = new TreeExplainer(ensemble).interactions(table)
      bins.forEach((rowBins, row) => {
        const truth = new Float64Array(nFeatures ** 2)
        for (const tree of trees) {
          bruteInteractions(pathDependentGame(tree, rowBins), nFeatures).forEach((value, i) => (truth[i] += value))
        }
        expectClose(values.subarray(row * nFeatures ** 2, (row + 1) * nFeatures ** 2), truth)
      })
    })
  },
)

function expectClose(given: Float64Array, wanted: Float64Array): void {
  wanted.forEach((value, i) => expect(Math.abs(given[i] - value)).toBeLessThan(1e-10))
}

import { describe, expect, it } from 'vitest'
import { createRandom, type TreeEnsemble } from '../../learn/index.ts'
import { TreeExplainer } from '../index.ts'
import { distance } from '../testing/distance.ts'
import { encodeTrees, type PlainTree } from '../testing/encode-trees.ts'
import { addSlowTreeShap } from '../testing/slow-tree-shap.ts'
import { slowBins, slowTrees } from '../testing/slow-trees.ts'
import { randomEnsemble, randomTable } from './ensembles.fixture.ts'

function slowValues(ensemble: TreeEnsemble, table: ReturnType<typeof randomTable>): Float64Array {
  const nFeatures = ensemble.preparation.length
  const values = new Float64Array(table.nRows * nFeatures)
  for (const tree of slowTrees(ensemble)) {
    for (let row = 0; row < table.nRows; row++) {
      const phi = values.subarray(row * nFeatures, (row + 1) * nFeatures)
      addSlowTreeShap(tree, slowBins(ensemble.preparation, table, row), phi)
    }
  }
  return values
}

/** A path of one split for each feature, with a leaf at every step; `rare` is the share of rows that goes on. */
function longPath(nFeatures: number, rare: boolean): PlainTree {
  const random = createRandom(nFeatures)
  let tree: PlainTree = { value: 1, cover: 1 }
  let cover = 1
  for (let feature = 0; feature < nFeatures; feature++) {
    const leaf = { value: random.unit() - 0.5, cover: rare ? cover : 1 + Math.floor(3 * random.unit()) }
    cover = Math.min(cover + leaf.cover, 2 ** 30)
    const split = { feature, missingRight: random.unit() < 0.5 }
    const children: [PlainTree, PlainTree] = random.unit() < 0.5 ? [leaf, tree] : [tree, leaf]
    tree = feature % 2 === 0 ? { ...split, bin: 3, children } : { ...split, right: [0, 2], children }
  }
  return tree
}

describe('TreeExplainer on deep trees', () => {
  it.each([2, 3, 7, 8, 9, 16, 17, 33, 60])('is exact where a path has %i features', (nFeatures) => {
    const { preparation } = randomEnsemble({ nFeatures, nTrees: 1, maxDepth: 0, seed: 1 })
    const trees = encodeTrees([longPath(nFeatures, false), longPath(nFeatures, true)])
    const ensemble: TreeEnsemble = { preparation, trees, baseScore: 0.1, scale: 1, unit: 'logOdds' }
    const table = randomTable(nFeatures, nFeatures > 20 ? 2 : 12, 5)
    const { values } = new TreeExplainer(ensemble).explain(table)
    expect(distance(values, slowValues(ensemble, table))).toBeLessThan(1e-13)
  })

  it('is exact where few features come again and again', () => {
    const ensemble = randomEnsemble({ nFeatures: 3, nTrees: 2, maxDepth: 40, branching: 0.55, seed: 8 })
    const table = randomTable(3, 20, 6)
    const { values } = new TreeExplainer(ensemble).explain(table)
    expect(distance(values, slowValues(ensemble, table))).toBeLessThan(1e-13)
  })

  it('is exact on bushy trees', () => {
    const ensemble = randomEnsemble({ nFeatures: 12, nTrees: 2, maxDepth: 9, seed: 7 })
    const table = randomTable(12, 20, 7)
    const { values } = new TreeExplainer(ensemble).explain(table)
    expect(distance(values, slowValues(ensemble, table))).toBeLessThan(1e-12)
  })
})

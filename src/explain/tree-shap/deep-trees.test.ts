import { describe, expect, it } from 'vitest'
import { TreeExplainer } from '../index.ts'
import { distance } from '../testing/distance.ts'
import { slowValues } from '../testing/slow-values.ts'
import { longPaths, randomEnsemble, randomTable } from './ensembles.fixture.ts'

describe('TreeExplainer on deep trees', () => {
  it.each([2, 3, 7, 8, 9, 16, 17, 33, 60])('is exact where a path has %i features', (nFeatures) => {
    const ensemble = longPaths(nFeatures)
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

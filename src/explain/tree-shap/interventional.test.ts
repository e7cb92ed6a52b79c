import { describe, expect, it } from 'vitest'
import { takeRows } from '../../learn/index.ts'
import { TreeExplainer } from '../index.ts'
import { InterventionalShap } from './interventional.ts'
import { distance } from '../testing/distance.ts'
import { slowValues } from '../testing/slow-values.ts'
import { longPaths, randomEnsemble, randomTable, rowAlongPath } from './ensembles.fixture.ts'

describe('TreeExplainer against a background', () => {
  it('agrees with the slow algorithm on many rows that share their leaves', () => {
    const ensemble = randomEnsemble({ nFeatures: 10, nTrees: 3, maxDepth: 6, seed: 7 })
    const [table, background] = [randomTable(10, 150, 1), randomTable(10, 40, 2)]
    const { values } = new TreeExplainer(ensemble, { background }).explain(table)
    expect(distance(values, slowValues(ensemble, table, background))).toBeLessThan(1e-14)
  })

  it.each([1, 2, 63, 64, 65, 128, 129, 200])('agrees with it for %i background rows', (nBackground) => {
    const ensemble = randomEnsemble({ nFeatures: 12, nTrees: 2, maxDepth: 7, seed: nBackground })
    const [table, background] = [randomTable(12, 12, 1), randomTable(12, nBackground, 2)]
    const { values } = new TreeExplainer(ensemble, { background }).explain(table)
    expect(distance(values, slowValues(ensemble, table, background))).toBeLessThan(1e-13)
  })

  it('agrees with it where few features come again and again on long paths', () => {
    const ensemble = randomEnsemble({ nFeatures: 3, nTrees: 2, maxDepth: 40, branching: 0.55, seed: 8 })
    const [table, background] = [randomTable(3, 30, 6), randomTable(3, 30, 7)]
    const { values } = new TreeExplainer(ensemble, { background }).explain(table)
    expect(distance(values, slowValues(ensemble, table, background))).toBeLessThan(1e-13)
  })

  it.each([5, 100, 2000])(
    'gives a row what it gets alone, bit for bit, whichever way its leaves take (%i background rows)',
    (nBackground) => {
      const ensemble = randomEnsemble({ nFeatures: 12, nTrees: 3, maxDepth: 9, seed: 5 })
      const shap = new InterventionalShap(ensemble, randomTable(12, nBackground, 3))
      const table = randomTable(12, 1100, 4)
      const values = shap.values(table)
      for (const row of [0, 7, 1023, 1024, 1099]) {
        const alone = shap.values(takeRows(table, Int32Array.of(row)))
        expect(alone).toEqual(values.slice(12 * row, 12 * row + 12))
      }
    },
  )

  it('explains a row by paths of 64 features and less beside those that are wider', () => {
    const ensemble = longPaths(80)
    const [table, background] = [randomTable(80, 8, 1), randomTable(80, 70, 2)]
    const { values } = new TreeExplainer(ensemble, { background }).explain(table)
    expect(distance(values, slowValues(ensemble, table, background))).toBeLessThan(1e-13)
  })

  it.each([63, 64, 65, 90])('is exact where a path has %i features, about the 64 bits of a mask', (nFeatures) => {
    const ensemble = longPaths(nFeatures)
    const [table, background] = [rowAlongPath(nFeatures, 2, 11), rowAlongPath(nFeatures, 5, 11)]
    const { values } = new TreeExplainer(ensemble, { background }).explain(table)
    expect(distance(values, slowValues(ensemble, table, background))).toBeLessThan(1e-14)
    // Split on last but two: the two rows come to the end of the path together.
    expect(Math.abs(values[2])).toBeGreaterThan(1e-6)
  })

  it('counts background rows that are alike as often as they come', () => {
    const ensemble = randomEnsemble({ nFeatures: 5, nTrees: 2, maxDepth: 4, seed: 3 })
    const background = takeRows(randomTable(5, 3, 4), Int32Array.of(0, 1, 1, 1, 2, 0))
    const table = randomTable(5, 20, 5)
    const { values } = new TreeExplainer(ensemble, { background }).explain(table)
    expect(distance(values, slowValues(ensemble, table, background))).toBeLessThan(1e-14)
  })
})

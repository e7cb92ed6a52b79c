import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom, shuffle, takeRows, type Table, type TreeEnsemble, type Trees } from '../../learn/index.ts'
import { TreeExplainer } from '../index.ts'
import { distance } from '../testing/distance.ts'
import { encodeTrees, type PlainTree } from '../testing/encode-trees.ts'
import { randomEnsemble, randomTable } from './ensembles.fixture.ts'

const nFeatures = 8
const N_ROWS = 12

/** A random ensemble on eight features, rows, and perhaps a background. */
const drawn = fc
  .record({ seed: fc.nat(1e6), nTrees: fc.integer({ min: 1, max: 3 }), maxDepth: fc.integer({ min: 0, max: 7 }) })
  .chain((shape) =>
    fc.record({
      ensemble: fc.constant(randomEnsemble({ ...shape, nFeatures, emptyShare: 0.1 })),
      table: fc.constant(randomTable(nFeatures, N_ROWS, shape.seed + 1)),
      background: fc.constantFrom(undefined, randomTable(nFeatures, 9, shape.seed + 2)),
    }),
  )

type Drawn = { ensemble: TreeEnsemble; table: Table; background: Table | undefined }

/** Runs a law on some dozens of draws; their seed is fixed. */
function law(holds: (draw: Drawn) => void): void {
  fc.assert(fc.property(drawn, holds), { seed: 3, numRuns: 60 })
}

function featuresOf({ nodes }: Trees): Set<number> {
  const view = new DataView(nodes.buffer)
  const all = Array.from({ length: nodes.length / 12 }, (_, i) => i).filter((i) => !(view.getUint8(12 * i + 3) & 1))
  return new Set(all.map((i) => view.getUint16(12 * i, true)))
}

describe('Shapley values of trees', () => {
  it('add up to the raw score', () => {
    law(({ ensemble, table, background }) => {
      const { baseValue, values, raw } = new TreeExplainer(ensemble, { background }).explain(table)
      raw.forEach((score, row) => {
        const contributions = values.subarray(row * nFeatures, (row + 1) * nFeatures)
        const sum = contributions.reduce((total, value) => total + value, baseValue)
        expect(Math.abs(sum - score)).toBeLessThan(1e-13)
      })
    })
  })

  it('are exactly 0 for features that no tree splits on', () => {
    law(({ ensemble, table, background }) => {
      const { values } = new TreeExplainer(ensemble, { background }).explain(table)
      const used = featuresOf(ensemble.trees)
      const others = values.filter((_, i) => !used.has(i % nFeatures))
      expect(others).toEqual(new Float64Array(others.length))
    })
  })

  it('do not depend on the rows beside a row, not in one bit', () => {
    law(({ ensemble, table, background }) => {
      const explainer = new TreeExplainer(ensemble, { background })
      const { values, raw } = explainer.explain(table)
      for (let row = 0; row < N_ROWS; row++) {
        const alone = explainer.explain(takeRows(table, Int32Array.of(row)))
        expect(alone.values).toEqual(values.slice(row * nFeatures, (row + 1) * nFeatures))
        expect(alone.raw[0]).toBe(raw[row])
      }
    })
  })

  it('go with their rows and columns when those change places', () => {
    law(({ ensemble, table, background }) => {
      const explainer = new TreeExplainer(ensemble, { background })
      const { values } = explainer.explain(table)
      const order = shuffle(
        Int32Array.from({ length: N_ROWS }, (_, row) => row),
        createRandom(5),
      )
      const mixed = takeRows(table, order)
      const explained = explainer.explain({ ...mixed, columns: mixed.columns.toReversed() })
      order.forEach((row, at) => {
        const moved = explained.values.subarray(at * nFeatures, (at + 1) * nFeatures)
        expect(moved).toEqual(values.subarray(row * nFeatures, (row + 1) * nFeatures))
      })
    })
  })

  it('are linear: those of an ensemble are the sums of those of its trees', () => {
    law(({ ensemble, table, background }) => {
      const { trees } = ensemble
      const nTrees = trees.starts.length / 2
      const sum = new Float64Array(N_ROWS * nFeatures)
      for (let t = 0; t < nTrees; t++) {
        const [root, end] = [trees.starts[2 * t], trees.starts[2 * t + 2] ?? trees.nodes.length / 12]
        const one = {
          nodes: trees.nodes.slice(12 * root, 12 * end),
          starts: Uint32Array.of(0, 0),
          sets: trees.sets.slice(trees.starts[2 * t + 1]),
        }
        const { values } = new TreeExplainer({ ...ensemble, trees: one }, { background }).explain(table)
        values.forEach((value, i) => (sum[i] += value))
      }
      expect(distance(new TreeExplainer(ensemble, { background }).explain(table).values, sum)).toBeLessThan(1e-14)
    })
  })

  it('are 0 for a row that is its own background', () => {
    law(({ ensemble, table }) => {
      for (let row = 0; row < N_ROWS; row++) {
        const alone = takeRows(table, Int32Array.of(row))
        const { values, baseValue, raw } = new TreeExplainer(ensemble, { background: alone }).explain(alone)
        expect(values.every((value) => value === 0)).toBe(true)
        expect(baseValue).toBe(raw[0])
      }
    })
  })

  it('treat two features that play the same part alike', () => {
    // x or y, each way round, with equal shares: features 0 and 2 are both numbers.
    const leaf = (value: number): PlainTree => ({ value, cover: 8 })
    const split = (feature: number, low: PlainTree, high: PlainTree): PlainTree => ({
      feature,
      bin: 3,
      missingRight: false,
      children: [low, high],
    })
    const tree = (first: number, second: number): PlainTree =>
      split(first, split(second, leaf(0), leaf(1)), split(second, leaf(1), leaf(5)))
    const { preparation } = randomEnsemble({ nFeatures: 3, nTrees: 1, maxDepth: 0, seed: 1 })
    const trees = encodeTrees([tree(0, 2), tree(2, 0)])
    const ensemble: TreeEnsemble = { preparation, trees, baseScore: 0, scale: 1, unit: 'probability' }
    const both = randomTable(3, 30, 8)
    const table = { ...both, columns: [both.columns[0], both.columns[1], { ...both.columns[0], name: 'f2' }] }
    for (const background of [undefined, table]) {
      const { values } = new TreeExplainer(ensemble, { background }).explain(table)
      for (let row = 0; row < 30; row++) expect(Math.abs(values[3 * row] - values[3 * row + 2])).toBeLessThan(1e-14)
      expect(Math.max(...values)).toBeGreaterThan(0.5)
    }
  })
})

describe('SHAP interaction values', () => {
  it('are symmetric, and their rows add up to the Shapley values', () => {
    law(({ ensemble, table }) => {
      const explainer = new TreeExplainer(ensemble)
      const matrices = explainer.interactions(table)
      const { values } = explainer.explain(table)
      const at = (row: number, i: number, j: number): number => matrices[(row * nFeatures + i) * nFeatures + j]
      values.forEach((value, place) => {
        const [row, i] = [Math.floor(place / nFeatures), place % nFeatures]
        const others = Array.from({ length: nFeatures }, (_, j) => at(row, i, j))
        expect(Math.abs(others.reduce((sum, other) => sum + other, 0) - value)).toBeLessThan(1e-13)
        others.forEach((other, j) => expect(at(row, j, i)).toBe(other))
      })
    })
  })

  it('are exactly 0 for features that no tree splits on', () => {
    law(({ ensemble, table }) => {
      const used = featuresOf(ensemble.trees)
      const others = new TreeExplainer(ensemble).interactions(table).filter((_, place) => {
        const [i, j] = [Math.floor(place / nFeatures) % nFeatures, place % nFeatures]
        return !used.has(i) || !used.has(j)
      })
      expect(others).toEqual(new Float64Array(others.length))
    })
  })
})

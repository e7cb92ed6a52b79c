import { describe, expect, it } from 'vitest'
import { takeRows } from '../../learn/index.ts'
import { InterventionalShap } from './interventional.ts'
import { PathDependentShap } from './path-dependent.ts'
import { longPaths, randomEnsemble, randomTable } from './ensembles.fixture.ts'
import { groupTrees } from './tree-groups.ts'

const ensemble = randomEnsemble({ nFeatures: 6, nTrees: 7, maxDepth: 5, seed: 4 })
const table = randomTable(6, 30, 5)
const background = randomTable(6, 8, 6)

describe('groupTrees', () => {
  it('puts as many trees together as there is room for, and a larger one alone', () => {
    expect(groupTrees([4, 5, 20, 1, 2], 10)).toEqual([
      { begin: 0, end: 2, sizeBytes: 9 },
      { begin: 2, end: 3, sizeBytes: 20 },
      { begin: 3, end: 5, sizeBytes: 3 },
    ])
    expect(groupTrees([], 10)).toEqual([])
  })
})

describe('explaining trees that do not fit into memory together', () => {
  it('gives the same values, bit for bit', () => {
    const inTurns = new PathDependentShap(ensemble, 1)
    const together = new PathDependentShap(ensemble)
    expect(inTurns.values(table)).toEqual(together.values(table))
    expect(inTurns.pairs(table)).toEqual(together.pairs(table))
    expect(inTurns.baseValue).toBe(together.baseValue)
  })

  it('gives the same values against a background, bit for bit', () => {
    const together = new InterventionalShap(ensemble, background).values(table)
    expect(new InterventionalShap(ensemble, background, 1).values(table)).toEqual(together)
  })

  it('keeps leaves too wide for a mask with their group', () => {
    const wide = longPaths(70)
    const [rows, others] = [randomTable(70, 5, 1), randomTable(70, 3, 2)]
    const together = new InterventionalShap(wide, others).values(rows)
    expect(new InterventionalShap(wide, others, 1).values(rows)).toEqual(together)
  })
})

describe('explaining more rows than a block holds', () => {
  it('gives every row what it gets alone, bit for bit', () => {
    const many = randomTable(6, 4100, 7)
    const last = takeRows(many, Int32Array.of(0, 4095, 4096, 4099))
    for (const shap of [new PathDependentShap(ensemble), new InterventionalShap(ensemble, background)]) {
      const values = shap.values(many)
      const wanted = [0, 4095, 4096, 4099].flatMap((row) => [...values.subarray(6 * row, 6 * row + 6)])
      expect([...shap.values(last)]).toEqual(wanted)
    }
  })

  it('takes a background of more rows than a block', () => {
    const repeated = takeRows(
      background,
      Int32Array.from({ length: 8 * 600 }, (_, i) => i % 8),
    )
    const values = new InterventionalShap(ensemble, repeated).values(table)
    const once = new InterventionalShap(ensemble, background).values(table)
    values.forEach((value, i) => expect(Math.abs(value - once[i])).toBeLessThan(1e-13))
  })
})

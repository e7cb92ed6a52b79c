import { describe, expect, it } from 'vitest'
import { TreeExplainer } from '../index.ts'
import { encodeTrees, type PlainTree } from '../testing/encode-trees.ts'
import { randomEnsemble, randomTable } from './ensembles.fixture.ts'

const ensemble = randomEnsemble({ nFeatures: 4, nTrees: 3, maxDepth: 4, seed: 1 })
const explainer = new TreeExplainer(ensemble)
const table = randomTable(4, 1500, 2)

describe('explainInBatches', () => {
  it('gives what explain gives, bit for bit', async () => {
    expect(await explainer.explainInBatches(table)).toEqual(explainer.explain(table))
  })

  it('tells progress and stops when it is told to', async () => {
    const controller = new AbortController()
    const seen: number[] = []
    const progress = (done: number, total: number): void => {
      seen.push(done, total)
      controller.abort()
    }
    const running = explainer.explainInBatches(table, { progress, signal: controller.signal })
    await expect(running).rejects.toMatchObject({ code: 'EXPLANATION_CANCELLED' })
    expect(seen).toHaveLength(2)
    expect(seen[0]).toBeLessThan(1500)
    expect(seen[1]).toBe(1500)
  })
})

describe('TreeExplainer', () => {
  it('refuses interactions of more features than there is memory for', () => {
    const many = randomEnsemble({ nFeatures: 7000, nTrees: 1, maxDepth: 1, seed: 1 })
    const interactions = (): Float64Array => new TreeExplainer(many).interactions(randomTable(7000, 1, 1))
    expect(interactions).toThrow(expect.objectContaining({ code: 'EXPLANATION_TOO_LARGE' }))
  })

  it('explains no rows with no values', () => {
    const { nRows, values, raw } = explainer.explain(randomTable(4, 0, 1))
    expect({ nRows, values, raw }).toEqual({ nRows: 0, values: new Float64Array(), raw: new Float64Array() })
  })

  it('refuses a background without rows, and interactions with a background', () => {
    const withBackground = (nRows: number): TreeExplainer =>
      new TreeExplainer(ensemble, { background: randomTable(4, nRows, 1) })
    expect(() => withBackground(0)).toThrow(expect.objectContaining({ code: 'BACKGROUND_EMPTY' }))
    const interactions = (): Float64Array => withBackground(2).interactions(table)
    expect(interactions).toThrow(expect.objectContaining({ code: 'INTERACTIONS_WITH_BACKGROUND' }))
  })

  it('shows no contributions that do not add up to the raw score', () => {
    // A leaf that says no number spoils the contributions; large ones that cancel in the raw score do not.
    const leaves = (sign: number, cover: number, low = 3e38): PlainTree => ({
      feature: 0,
      bin: 3,
      missingRight: false,
      children: [
        { value: low * sign, cover },
        { value: 1e38 * sign, cover: 7 },
      ],
    })
    const nested: PlainTree = { feature: 2, bin: 3, missingRight: true, children: [leaves(-1, 3), leaves(-1, 5)] }
    const explainerOf = (first: PlainTree): TreeExplainer =>
      new TreeExplainer({ ...ensemble, trees: encodeTrees([first, nested]) })
    expect(explainerOf(leaves(1, 4)).explain(table).values.every(Number.isFinite)).toBe(true)
    const explainer = explainerOf(leaves(1, 4, NaN))
    expect(() => explainer.explain(table)).toThrow(expect.objectContaining({ code: 'EXPLANATION_INEXACT' }))
  })
})

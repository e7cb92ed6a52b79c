import { describe, expect, it } from 'vitest'
import golden from '../../../test/golden/forest/tree.json' with { type: 'json' }
import { numbers } from '../../../test/learning-tables.ts'
import type { TreeNode } from '../trees/trees.ts'
import { readNode } from '../trees/trees.ts'
import { growForest } from './grow-forest.ts'
import { resolveForestOptions } from './options.ts'

type GoldenNode = { nRows: number; value: number[] } | { feature: number; left: GoldenNode; right: GoldenNode }

const columns = Object.entries(golden.columns).map(([name, values]) => numbers(name, values))
const rows = { table: { nRows: golden.label.length, columns } }
const labels = Uint8Array.from(golden.label)
const kinds = Int32Array.from(golden.kind)
const values = Float64Array.from(golden.number)
const weights = Float64Array.from(golden.weight)

/** One tree of all rows and all features: nothing in it is random. A leaf says its value, or of several classes the share of each. */
async function oneTree(data: Omit<Parameters<typeof growForest>[0], 'rows'>): Promise<GoldenNode> {
  const options = { nTrees: 1, nThreads: 1, maxFeatures: columns.length, minSamplesLeaf: 6, maxDepth: 5 }
  const kind = { bootstrap: false, randomThresholds: false }
  const { trees, shares } = await growForest({ rows, ...data }, resolveForestOptions(options), kind, {})
  const nClasses = 'classes' in data.target ? data.target.nClasses : 0
  const said = (value: number): number[] =>
    nClasses > 0 ? Array.from(shares.subarray(value * nClasses, (value + 1) * nClasses)) : [value]
  const view = new DataView(trees.nodes.buffer, trees.nodes.byteOffset, trees.nodes.byteLength)
  const walk = (index: number): GoldenNode => {
    const node: TreeNode = readNode(view, index)
    if (node.kind === 'leaf') return { nRows: node.nSamples, value: said(node.value) }
    return { feature: node.feature, left: walk(node.left), right: walk(node.left + 1) }
  }
  return walk(0)
}

/** The golden tree with what a leaf keeps: shares, or how far it is from the mean. Leaves hold float32. */
function rounded(node: GoldenNode, valueOf: (value: number[]) => number[]): unknown {
  if ('value' in node) {
    return { nRows: node.nRows, value: valueOf(node.value).map((value) => expect.closeTo(value, 5) as unknown) }
  }
  return { feature: node.feature, left: rounded(node.left, valueOf), right: rounded(node.right, valueOf) }
}

const share = ([, positive]: number[]): number[] => [positive]
const itself = (value: number[]): number[] => value

describe(`one tree of all rows and features, beside ${golden.tool}`, () => {
  it.each([
    ['classifier', golden.classifier, { target: { labels } }, share],
    ['weighted classifier', golden.weightedClassifier, { target: { labels }, weights }, share],
    ['regressor', golden.regressor, { target: { values } }, itself],
    ['multiclass', golden.multiclass, { target: { classes: kinds, nClasses: 3 } }, itself],
    ['weighted multiclass', golden.weightedMulticlass, { target: { classes: kinds, nClasses: 3 }, weights }, itself],
    ['weighted regressor', golden.weightedRegressor, { target: { values }, weights }, itself],
  ] as const)('is the same: %s', async (_, expected, data, valueOf) => {
    expect(await oneTree(data)).toEqual(rounded(expected as GoldenNode, valueOf))
  })
})

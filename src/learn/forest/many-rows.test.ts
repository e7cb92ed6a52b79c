import { expect, it } from 'vitest'
import { readNode } from '../trees/trees.ts'
import { ExtraTreesClassifier } from './extra-trees-classifier.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

/** More than a narrow cell can count: 2^21 - 1. */
const nRows = 2 ** 21 + 5000

it.each([
  // A bootstrap leaves out a row with the chance 1 / e.
  ['a random forest', RandomForestClassifier, 1 - 1 / Math.E],
  ['extra trees', ExtraTreesClassifier, 1],
] as const)('%s of more than two million rows counts them all', { timeout: 60_000 }, async (_, Classifier, share) => {
  const values = Float64Array.from({ length: nRows }, (_, row) => row % 2)
  const table = { nRows, columns: [{ kind: 'number' as const, name: 'x', values }] }
  const y = Uint8Array.from(values)
  const { trees } = await new Classifier({ nTrees: 1, nThreads: 1 }).fit({ table, y })
  const view = new DataView(trees.nodes.buffer, trees.nodes.byteOffset, trees.nodes.byteLength)
  const leaves = [readNode(view, 1), readNode(view, 2)]
  expect(leaves).toMatchObject([
    { kind: 'leaf', value: 0 },
    { kind: 'leaf', value: 1 },
  ])
  const counted = leaves.reduce((sum, leaf) => sum + (leaf.kind === 'leaf' ? leaf.nSamples : 0), 0)
  expect(counted / nRows).toBeCloseTo(share, 2)
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { categories, numbers } from '../../../test/learning-tables.ts'
import { countBins, fitPreparation, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import { slowBinsOf } from '../testing/slow-forest.ts'
import { slowTree, type SlowJob, type SlowNode } from '../testing/slow-growth.ts'
import { joinTrees, readNode, type Trees } from '../trees/trees.ts'
import { prepareTask } from './grow-task.ts'
import { layOut } from './layout.ts'
import { resolveForestOptions, type ForestOptions } from './options.ts'

/** The nodes of tree t, with the bins of category splits spelt out. */
function nodesOf({ nodes, starts, sets }: Trees, preparation: Preparation, t: number): SlowNode[] {
  const view = new DataView(nodes.buffer, nodes.byteOffset, nodes.byteLength)
  const end = starts[2 * t + 2] ?? nodes.length / 12
  return Array.from({ length: end - starts[2 * t] }, (_, i): SlowNode => {
    const node = readNode(view, starts[2 * t] + i)
    if (node.kind !== 'category') return node
    const { firstWord, ...rest } = node
    const bins = Array.from({ length: countBins(preparation[node.feature]) }, (_, bin) => bin)
    const isRight = (bin: number): boolean => {
      const word = sets[starts[2 * t + 1] + firstWord + Math.floor(bin / 32)]
      return Math.floor(word / 2 ** (bin % 32)) % 2 === 1
    }
    return { ...rest, right: bins.filter(isRight) }
  })
}

/** Few rows, few values, missing ones: ties, constants and empty sides come up all the time. */
const smallTable = fc
  .array(
    fc.record({
      few: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 8 }),
      many: fc.double({ min: -1, max: 1 }),
      level: fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 8 }),
      place: fc.constantFrom('p', 'q', 'r', 's', 't', 'u', 'v'),
      target: fc.integer({ min: 0, max: 1 }),
    }),
    { minLength: 2, maxLength: 80 },
  )
  .filter((rows) => new Set(rows.map((row) => row.target)).size === 2)
  .map((rows): { table: Table; y: Uint8Array } => {
    const columns = [
      numbers('few', Array.from(rows, (row) => row.few)), // prettier-ignore
      numbers('many', Array.from(rows, (row) => row.many)), // prettier-ignore
      categories('level', Array.from(rows, (row) => row.level)), // prettier-ignore
      categories('place', Array.from(rows, (row) => row.place)), // prettier-ignore
    ]
    return { table: { nRows: rows.length, columns }, y: Uint8Array.from(rows, (row) => row.target) }
  })

const someOptions = fc.record({
  maxFeatures: fc.integer({ min: 1, max: 4 }),
  minSamplesLeaf: fc.integer({ min: 1, max: 5 }),
  maxDepth: fc.constantFrom(null, 1, 3),
  maxBins: fc.constantFrom(4, 255),
  seed: fc.nat(1000),
})

function slowJob(table: Table, preparation: Preparation): Pick<SlowJob, 'rows' | 'nBins' | 'isCategory'> {
  return {
    rows: Array.from({ length: table.nRows }, (_, row) => slowBinsOf(preparation, table, row)),
    nBins: preparation.map(countBins),
    isCategory: preparation.map(({ kind }) => kind === 'category'),
  }
}

/** The trees as the tasks grow them, on this thread. */
function growHere(
  table: Table,
  y: Uint8Array,
  given: Partial<ForestOptions> & { maxFeatures: number },
): {
  trees: Trees
  preparation: Preparation
} {
  const options = resolveForestOptions({ ...given, nTrees: 3, nThreads: 1 })
  const preparation = fitPreparation(table, options.maxBins)
  const grow = prepareTask(layOut({ table, y, preparation, maxFeatures: given.maxFeatures, options }))
  const report = (): void => {}
  return { trees: joinTrees([0, 1, 2].map((tree) => grow(tree, report).result)), preparation }
}

describe('the trees of a forest', () => {
  it('are those that the slow version grows, node by node', () => {
    fc.assert(
      fc.property(smallTable, someOptions, ({ table, y }, options) => {
        const { trees, preparation } = growHere(table, y, options)
        const job = { ...slowJob(table, preparation), ...options, target: [...y], bootstrap: true }
        for (const tree of [0, 1, 2]) {
          expect(nodesOf(trees, preparation, tree)).toEqual(slowTree({ ...job, tree }))
        }
      }),
      { numRuns: 300 },
    )
  })
})

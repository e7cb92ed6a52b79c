import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISSING_BIN } from '../../kernels/index.ts'
import { categories, numbers } from '../../../test/learning-tables.ts'
import { countBins, fitPreparation, type Preparation } from '../preparation.ts'
import type { Table } from '../table.ts'
import { slowBinsOf } from '../testing/slow-forest.ts'
import { slowTree, type SlowJob, type SlowNode } from '../testing/slow-growth.ts'
import type { BinnedTable } from '../trees/binned-table.ts'
import { joinTrees, readNode, type Trees } from '../trees/trees.ts'
import { binCentres } from './bin-centres.ts'
import type { ForestTree } from './forest-tree.ts'
import { prepareTask } from './grow-task.ts'
import { layOut, type GrowthData, type GrowthOptions } from './layout.ts'

/** The nodes of tree t, with the bins of category splits and the shares of several classes spelt out. */
function nodesOf({ nodes, starts, sets }: Trees, preparation: Preparation, t: number, shares: number[][]): SlowNode[] {
  const view = new DataView(nodes.buffer, nodes.byteOffset, nodes.byteLength)
  const end = starts[2 * t + 2] ?? nodes.length / 12
  return Array.from({ length: end - starts[2 * t] }, (_, i): SlowNode => {
    const node = readNode(view, starts[2 * t] + i)
    if (node.kind === 'leaf' && shares.length > 0) {
      return { ...node, value: shares[view.getUint32(12 * (starts[2 * t] + i) + 8, true)] }
    }
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

/** The table as `binTable` gives it, made on this thread. */
function binHere(table: Table, preparation: Preparation, maxBins: number): BinnedTable {
  const { nRows } = table
  const bins = new SharedArrayBuffer(4 * nRows * Math.ceil(preparation.length / 4))
  for (let row = 0; row < nRows; row++) {
    slowBinsOf(preparation, table, row).forEach((bin, f) => {
      const byte = 4 * (Math.floor(f / 4) * nRows + row) + (f % 4)
      new Uint8Array(bins)[byte] = bin === MISSING_BIN ? countBins(preparation[f]) : bin
    })
  }
  return { preparation, maxBins, nRows, bins }
}

/** The trees as the tasks grow them, on this thread, beside those of the slow version. */
function grownAndSlow(
  { table, ...data }: Pick<GrowthData, 'target' | 'weights'> & { table: Table },
  maxBins: number,
  options: GrowthOptions,
): [grown: SlowNode[][], slow: SlowNode[][]] {
  const { target, weights } = data
  const nClasses = 'classes' in target ? target.nClasses : 0
  const preparation = fitPreparation(table, maxBins)
  const binned = binHere(table, preparation, maxBins)
  const grow = prepareTask(layOut({ ...data, binned }, options))
  const rows = Array.from({ length: table.nRows }, (_, row) => slowBinsOf(preparation, table, row))
  const nBins = preparation.map(countBins)
  const job: Omit<SlowJob, 'tree'> = {
    ...options,
    rows,
    nBins,
    isCategory: preparation.map(({ kind }) => kind === 'category'),
    target: [...('labels' in target ? target.labels : 'values' in target ? target.values : target.classes)],
    isRegression: 'values' in target,
    ...(nClasses > 0 ? { nClasses } : {}),
    ...(weights ? { weights: [...weights] } : {}),
    ...(options.randomThresholds
      ? { centres: preparation.map((bins) => (bins.kind === 'number' ? [...binCentres(bins)] : [])) }
      : {}),
  }
  const numbers = [0, 1, 2]
  const grown = numbers.map((tree) => grow(tree, () => {}).result)
  const sharesOf = ({ shares }: ForestTree): number[][] =>
    nClasses > 0
      ? Array.from({ length: shares.length / nClasses }, (_, i) => [
          ...shares.subarray(i * nClasses, (i + 1) * nClasses),
        ])
      : []
  const trees = joinTrees(grown)
  return [
    numbers.map((tree) => nodesOf(trees, preparation, tree, sharesOf(grown[tree]))),
    numbers.map((tree) => slowTree({ ...job, tree })),
  ]
}

describe.each([
  { what: 'a random forest', bootstrap: true, randomThresholds: false },
  { what: 'a forest of all rows', bootstrap: false, randomThresholds: false },
  { what: 'extra trees', bootstrap: false, randomThresholds: true },
  { what: 'extra trees of drawn rows', bootstrap: true, randomThresholds: true },
])('the trees of $what', ({ bootstrap, randomThresholds }) => {
  const kind = { bootstrap, randomThresholds, nTrees: 3, nThreads: 1 }

  it('are those that the slow version grows, node by node', () => {
    fc.assert(
      fc.property(smallTable, someOptions, ({ table, y }, { maxBins, ...options }) => {
        const [grown, slow] = grownAndSlow({ table, target: { labels: y } }, maxBins, { ...options, ...kind })
        expect(grown).toEqual(slow)
      }),
      { numRuns: 200 },
    )
  })

  it('are so with weights, and for targets of regression', () => {
    const weight = fc.constantFrom(1, 2, 3, 7)
    fc.assert(
      fc.property(
        smallTable,
        someOptions,
        fc.array(weight, { minLength: 80, maxLength: 80 }),
        fc.boolean(),
        ({ table, y }, { maxBins, ...options }, list, isRegression) => {
          const weights = Float64Array.from(list.slice(0, table.nRows))
          // Small whole numbers: the sums of the slow version are exact, too.
          const values = Float64Array.from(y, (label, row) => 4 * label - list[(7 * row) % 80])
          const target = isRegression ? { values } : { labels: y }
          const [grown, slow] = grownAndSlow({ table, target, weights }, maxBins, { ...options, ...kind })
          expect(grown).toEqual(slow)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('are so for several classes, with and without weights', () => {
    fc.assert(
      fc.property(
        smallTable,
        someOptions,
        fc.array(fc.constantFrom(1, 2, 3, 7), { minLength: 80, maxLength: 80 }),
        fc.boolean(),
        ({ table, y }, { maxBins, ...options }, list, hasWeights) => {
          const weights = hasWeights ? { weights: Float64Array.from(list.slice(0, table.nRows)) } : {}
          const classes = Int32Array.from(y, (label, row) => (label + list[(7 * row) % 80]) % 4)
          const data = { table, target: { classes, nClasses: 4 }, ...weights }
          const [grown, slow] = grownAndSlow(data, maxBins, { ...options, ...kind })
          expect(grown).toEqual(slow)
        },
      ),
      { numRuns: 200 },
    )
  })
})

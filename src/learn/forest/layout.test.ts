import { expect, it } from 'vitest'
import { mixedTable, numbers } from '../../../test/learning-tables.ts'
import type { ColumnShape } from '../model/algorithm.ts'
import { createRandom } from '../random.ts'
import { binTable } from '../trees/binned-table.ts'
import { bytesOfForest, layOut, mostBytesOfForest, type ForestSize } from './layout.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

const options = {
  nTrees: 10,
  maxFeatures: 2,
  minSamplesLeaf: 5,
  maxDepth: null,
  bootstrap: true,
  randomThresholds: false,
  seed: 0,
  nThreads: 2,
}

it('the estimate is what the arena allocates', async () => {
  const { table, y } = mixedTable(1500)
  const binned = await binTable(table, { nThreads: 1 })
  const mostLevels = Math.max(
    ...binned.preparation.map((bins) => (bins.kind === 'category' ? bins.levels.length + 1 : 0)),
  )
  const size: ForestSize = { nRows: 1500, nFeatures: 4, isWide: false, hasWeights: false, nClasses: 0, mostLevels }
  const { memory } = layOut({ binned, target: { labels: y } }, options)
  expect(bytesOfForest(size, options)).toBe(memory.buffer.byteLength)
  const values = Float64Array.from(y)
  const weights = values.map((value) => value + 1)
  const wide = layOut({ binned, target: { values }, weights }, { ...options, bootstrap: false })
  expect(bytesOfForest({ ...size, isWide: true, hasWeights: true }, { ...options, bootstrap: false })).toBe(
    wide.memory.buffer.byteLength,
  )
  const columns = binned.preparation.map((bins): ColumnShape => {
    return bins.kind === 'number' ? { kind: 'number' } : { kind: 'category', nLevels: bins.levels.length }
  })
  const shape = { nRows: 1500, columns, hasWeights: false, isBinned: true }
  expect(mostBytesOfForest(shape, options)).toBeGreaterThanOrEqual(memory.buffer.byteLength)
  // A table is binned first, and its bins, four bytes a row, stay; of a binned one the rows are named, in four bytes each.
  const large = { ...shape, nRows: 1_000_000 }
  expect(mostBytesOfForest({ ...large, isBinned: false }, options)).toBe(mostBytesOfForest(large, options))
})

it('the estimate covers the trees, about as many as grow from labels that nothing tells', async () => {
  const nRows = 4000
  const random = createRandom(1)
  const columns = ['a', 'b', 'c'].map((name) =>
    numbers(
      name,
      Array.from({ length: nRows }, () => random.unit()),
    ),
  )
  const y = Uint8Array.from({ length: nRows }, () => random.below(2))
  const forest = await new RandomForestClassifier({ nTrees: 20, nThreads: 1, minSamplesLeaf: 5 }).fit({
    table: { nRows, columns },
    y,
  })
  const shape = { nRows, columns: columns.map(() => ({ kind: 'number' }) as const), hasWeights: false, isBinned: true }
  const grown = { ...options, nTrees: 20, nThreads: 1 }
  const trees = mostBytesOfForest(shape, grown) - mostBytesOfForest({ ...shape }, { ...grown, nTrees: 0 })
  expect(trees / (2 * forest.trees.nodes.length)).toBeGreaterThan(0.9)
  expect(trees / (2 * forest.trees.nodes.length)).toBeLessThan(1.6)
})

it('refuses what is too large before any memory is asked for, and says what fits and what else helps', () => {
  const preparation = [{ kind: 'number', name: 'x', edges: Float32Array.of(0) } as const]
  const binned = { preparation, maxBins: 255, nRows: 500_000_000, bins: new SharedArrayBuffer(4) }
  expect(() => layOut({ binned, target: { labels: new Uint8Array() } }, options)).toThrow(
    /^A table of 500000000 rows and 1 columns does not fit: the limit is 3\.5 GiB of memory, and the forest needs [\d.]+ GiB: at most \d+ rows fit, all else being equal; fewer columns or threads/,
  )
})

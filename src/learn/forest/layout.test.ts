import { expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { binTable } from '../trees/binned-table.ts'
import { bytesOfForest, layOut, mostBytesOfForest, type ForestSize } from './layout.ts'

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
  expect(mostBytesOfForest({ nRows: 1500, nColumns: 4, hasWeights: false }, options)).toBeGreaterThanOrEqual(
    memory.buffer.byteLength,
  )
})

it('refuses what is too large before any memory is asked for, and says what fits and what else helps', () => {
  const preparation = [{ kind: 'number', name: 'x', edges: Float32Array.of(0) } as const]
  const binned = { preparation, maxBins: 255, nRows: 500_000_000, bins: new SharedArrayBuffer(4) }
  expect(() => layOut({ binned, target: { labels: new Uint8Array() } }, options)).toThrow(
    /^A table of 500000000 rows and 1 columns does not fit: the limit is 3\.5 GiB of memory, and the forest needs [\d.]+ GiB: at most \d+ rows fit, all else being equal; fewer columns or threads/,
  )
})

import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { takeRows, type Table } from '../table.ts'
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'
import { slowBins, slowLeaf } from '../testing/slow-forest.ts'
import { rocAucScore } from '../metrics/index.ts'
import type { Forest } from './forest.ts'
import type { ForestOptions } from './options.ts'
import { RandomForestClassifier } from './random-forest-classifier.ts'

const fit = (table: Table, y: Uint8Array, options: Partial<ForestOptions> = {}): Promise<Forest> =>
  new RandomForestClassifier({ nTrees: 10, nThreads: 1, ...options }).fit({ table, y })

/** How often tree t drew each row: the definition of the bootstrap. */
function drawnBy(nRows: number, seed: number, t: number): Uint32Array {
  const random = createRandom(seed, t)
  const times = new Uint32Array(nRows)
  for (let i = 0; i < nRows; i++) times[random.below(nRows)]++
  return times
}

describe('RandomForestClassifier', () => {
  it('gives the same trees with 1, 2 and 7 threads', async () => {
    const { table, y } = mixedTable(300)
    const forests = await Promise.all([1, 2, 7].map((nThreads) => fit(table, y, { nTrees: 20, nThreads, seed: 4 })))
    expect(forests[1].trees).toEqual(forests[0].trees)
    expect(forests[2].trees).toEqual(forests[0].trees)
  })

  it('gives other trees for another seed', async () => {
    const { table, y } = mixedTable(300)
    expect((await fit(table, y, { seed: 1 })).trees).not.toEqual((await fit(table, y, { seed: 2 })).trees)
  })

  it.each([1, 5])(
    'fills leaves as its bootstrap samples say, with at least %i distinct rows',
    async (minSamplesLeaf) => {
      const { table, y } = mixedTable(300)
      const forest = await fit(table, y, { minSamplesLeaf, seed: 9 })
      const bins = Array.from(y, (_, row) => slowBins(forest, table, row))
      for (let t = 0; t < 10; t++) {
        const times = drawnBy(table.nRows, 9, t)
        const leaves = new Map<number, { value: number; nSamples: number; rows: number[] }>()
        bins.forEach((rowBins, row) => {
          if (times[row] === 0) return
          const { index, ...leaf } = slowLeaf(forest, t, rowBins)
          const entry = leaves.get(index) ?? { ...leaf, rows: [] }
          leaves.set(index, entry)
          entry.rows.push(row)
        })
        for (const { value, nSamples, rows } of leaves.values()) {
          const weight = rows.reduce((sum, row) => sum + times[row], 0)
          const positive = rows.reduce((sum, row) => sum + times[row] * y[row], 0)
          expect(value).toBe(Math.fround(positive / weight))
          expect(nSamples).toBe(rows.length)
          expect(rows.length).toBeGreaterThanOrEqual(minSamplesLeaf)
        }
        expect(leaves.size).toBe(leafCounts(forest)[t])
      }
    },
  )

  it('tells the classes apart, on rows it has not seen', async () => {
    const { table, y } = mixedTable(1200)
    const part = (from: number, to: number): Int32Array => Int32Array.from({ length: to - from }, (_, i) => from + i)
    const labelsOf = (rows: Int32Array): Uint8Array => Uint8Array.from(rows, (row) => y[row])
    const [train, test] = [part(0, 800), part(800, 1200)]
    const forest = await fit(takeRows(table, train), labelsOf(train), { nTrees: 100 })
    expect(rocAucScore(labelsOf(test), forest.predict(takeRows(table, test)))).toBeGreaterThan(0.85)
  })

  it('respects maxDepth and maxFeatures', async () => {
    const { table, y } = mixedTable(300)
    const stumps = await fit(table, y, { maxDepth: 1, maxFeatures: 4 })
    expect(leafCounts(stumps)).toEqual(Array(10).fill(2))
  })

  it('learns exclusive or, whose first split improves nothing', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => [i % 2, (i >> 1) % 2])
    const columns = [
      numbers(
        'a',
        rows.map(([a]) => a),
      ),
      numbers(
        'b',
        rows.map(([, b]) => b),
      ),
    ]
    const forest = await fit(
      { nRows: 200, columns },
      Uint8Array.from(rows, ([a, b]) => a ^ b),
    )
    expect(Array.from(forest.predict({ nRows: 200, columns }), Math.round)).toEqual(rows.map(([a, b]) => a ^ b))
  })

  it('tells progress after each tree and never out of order', async () => {
    const { table, y } = mixedTable(100)
    const seen: number[] = []
    const forest = new RandomForestClassifier({ nTrees: 12, nThreads: 2 })
    await forest.fit({ table, y }, { progress: (done, total) => seen.push(done, total) })
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => [i + 1, 12]).flat())
  })

  it('ends at an abort, long before its trees are grown, with a coded error', async () => {
    const { table, y } = mixedTable(5000)
    const controller = new AbortController()
    const progress = (): void => controller.abort()
    const training = new RandomForestClassifier({ nTrees: 100_000, nThreads: 2 })
    await expect(training.fit({ table, y }, { progress, signal: controller.signal })).rejects.toMatchObject({
      code: 'TRAINING_CANCELLED',
    })
  })
})

describe('what a forest copes with', () => {
  const half = (nRows: number): Uint8Array => Uint8Array.from({ length: nRows }, (_, i) => (i < nRows / 2 ? 0 : 1))

  it.each([
    ['an all-missing number', numbers('x', Array(40).fill(null))],
    ['an all-missing category', categories('x', Array(40).fill(null))],
    ['a constant', numbers('x', Array(40).fill(7))],
    ['a category of one level', categories('x', Array(40).fill('only'))],
  ])('finds nothing to split in %s', async (_, column) => {
    const forest = await fit({ nRows: 40, columns: [column] }, half(40))
    expect(leafCounts(forest)).toEqual(Array(10).fill(1))
    expect(new Set(forest.predict({ nRows: 40, columns: [column] })).size).toBe(1)
  })

  it('uses the fact that a value is missing', async () => {
    const columns = [
      numbers(
        'x',
        Array.from({ length: 40 }, (_, i) => (i < 20 ? i : null)),
      ),
    ]
    const scores = (await fit({ nRows: 40, columns }, half(40))).predict({ nRows: 40, columns })
    expect(Math.max(...scores.subarray(0, 20))).toBe(0)
    expect(Math.min(...scores.subarray(20))).toBe(1)
  })

  it('takes infinities as values beyond all others', async () => {
    const values = Array.from({ length: 40 }, (_, i) => (i < 10 ? -Infinity : i < 30 ? i : Infinity))
    const columns = [numbers('x', values)]
    const scores = (await fit({ nRows: 40, columns }, half(40))).predict({ nRows: 40, columns })
    expect([scores[0], scores[39]]).toEqual([0, 1])
  })

  it('splits 300 levels, and scores a level it has never seen', async () => {
    const level = Array.from({ length: 3000 }, (_, i) => `level ${i % 300}`)
    const columns = [categories('x', level)]
    const y = Uint8Array.from(level, (_, i) => ((i % 300) % 3 === 0 ? 1 : 0))
    const forest = await fit({ nRows: 3000, columns }, y, { nTrees: 30 })
    const kept = forest.preparation[0].kind === 'category' ? forest.preparation[0].levels : []
    expect(kept).toHaveLength(254)
    const scores = forest.predict({ nRows: 254, columns: [categories('x', kept)] })
    const wanted = Uint8Array.from(kept, (name) => (Number(name.slice(6)) % 3 === 0 ? 1 : 0))
    expect(rocAucScore(wanted, scores)).toBeGreaterThan(0.99)
    const unseen = forest.predict({ nRows: 1, columns: [categories('x', ['never'])] })[0]
    expect(unseen).toBeGreaterThan(0)
    expect(unseen).toBeLessThan(1)
  })

  it('is not led astray by a column that is different in every row', async () => {
    const { table, y } = mixedTable(800)
    const id = categories(
      'id',
      Array.from({ length: 800 }, (_, i) => `id ${i}`),
    )
    const columns = [...table.columns, id]
    const forest = await fit({ nRows: 800, columns }, y, { nTrees: 50 })
    expect(forest.preparation.at(-1)).toMatchObject({ levels: [] })
  })

  it('makes leaves of one row', async () => {
    const { table, y } = mixedTable(60)
    const forest = await fit(table, y, { minSamplesLeaf: 1, nTrees: 1 })
    expect(leafCounts(forest)[0]).toBeGreaterThan(2)
  })

  it('learns from two rows', async () => {
    const columns = [numbers('x', [1, 2])]
    const forest = await fit({ nRows: 2, columns }, Uint8Array.of(0, 1), { minSamplesLeaf: 1, nTrees: 50 })
    const [low, high] = forest.predict({ nRows: 2, columns })
    expect(low).toBeLessThan(0.5)
    expect(high).toBeGreaterThan(0.5)
  })
})

describe('what a forest refuses', () => {
  const good = { nRows: 4, columns: [numbers('x', [1, 2, 3, 4])] }
  const labels = Uint8Array.of(0, 1, 0, 1)

  it.each([
    ['TABLE_NO_FEATURES', { nRows: 4, columns: [] }, labels],
    ['TABLE_NO_ROWS', { nRows: 0, columns: [numbers('x', [])] }, new Uint8Array()],
    ['TABLE_TOO_LARGE', { nRows: 2 ** 28, columns: [numbers('x', [])] }, labels],
    ['TABLE_LENGTHS_DIFFER', { nRows: 4, columns: [numbers('x', [1, 2])] }, labels],
    ['TABLE_COLUMN_REPEATED', { nRows: 4, columns: [...good.columns, ...good.columns] }, labels],
    ['TABLE_CODE_INVALID', { nRows: 1, columns: [{ ...categories('x', ['a']), codes: Int32Array.of(1) }] }, labels],
    ['LABELS_LENGTH_DIFFERS', good, labels.subarray(1)],
    ['LABEL_INVALID', good, Uint8Array.of(0, 1, 2, 1)],
    ['LABELS_ONE_CLASS', good, new Uint8Array(4)],
  ])('%s', async (code, table, y) => {
    await expect(fit(table, y)).rejects.toMatchObject({ name: 'AssayError', code })
  })

  it('more drawn features than there are', async () => {
    await expect(fit(good, labels, { maxFeatures: 2 })).rejects.toThrow(
      'Option maxFeatures is 2; allowed: at most 1, the number of features.',
    )
  })
})

function leafCounts(forest: Forest): number[] {
  const { starts, nodes } = forest.trees
  const nTrees = starts.length / 2
  const ends = Array.from({ length: nTrees }, (_, t) => (t + 1 < nTrees ? starts[2 * t + 2] : nodes.length / 12))
  return ends.map((end, t) => (end - starts[2 * t] + 1) / 2)
}

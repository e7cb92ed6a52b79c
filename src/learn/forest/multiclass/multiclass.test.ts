import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../../../test/golden/forest/peer.json' with { type: 'json' }
import { peerFolds, peerMean, peerTable } from '../../../../test/forest-peer.ts'
import { mixedTable, numbers, rowOf } from '../../../../test/learning-tables.ts'
import type { AnyModel } from '../../model/any-model.ts'
import { openEnvelope, sealEnvelope } from '../../model/envelope.ts'
import { loadAnyModel, serialiseModel } from '../../model/format.ts'
import { trainMulticlass } from '../../model/other-tasks/train-multiclass.ts'
import { takeRows, type Table } from '../../table.ts'
import { treeHeader, treeParts } from '../../trees/body.ts'
import { fittedTreesOf } from '../../trees/models/tree-model.ts'
import type { Trees } from '../../trees/trees.ts'
import { ForestMulticlass } from './forest-multiclass.ts'
import { checkLeafNumbers } from '../forest-tree.ts'
import type { ForestClasses } from './forest-classes.ts'

const algorithms = ['random_forest', 'extra_trees'] as const
const { table, y: labels } = mixedTable(500)
const classes = ['approved', 'denied', 'part']
const y = Int32Array.from(labels, (label, row) => (label ? 1 : row % 3 === 0 ? 2 : 0))

/** The table with categories as numbers: the codes that `make.py` began with. */
const codes: Table = {
  nRows: peerTable.nRows,
  columns: peerTable.columns.map((column) => {
    if (column.kind === 'number') return column
    return numbers(
      column.name,
      Array.from(column.codes, (code) => Number(column.levels[code].split(' ')[1])),
    )
  }),
}

const hashes = {
  random_forest: {
    now: '2a55f22a5d6f2a57f0dc711b6b09ed412b961f51a208328215bc176ef23e031f',
    old: '9cea3ec92adba8121c593bf20f391acf0ada39f28ff32f504748950a6ddc3a31',
  },
  extra_trees: {
    now: '1b52569c2db2b79de628f4c90fc4a08855441c7779bbc0119d637d36a3830612',
    old: 'a0f3295e60085c0dafa00a6db26fe43432230a0c4b74e8a980b9293a893f7e75',
  },
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What was written before trees were kept once: no shares, and all trees once for each class, class by class. */
function oldBytes(model: AnyModel): Uint8Array {
  const { header } = openEnvelope(serialiseModel(model))
  const { algorithm, target, options } = header as typeof header & { target: string; options: object }
  const forest = fittedTreesOf(model) as ForestClasses
  const { preparation } = forest
  const trees = classes.map((_, k) => forest.treesOf(k)).reduce(appended)
  return sealEnvelope({
    header: { algorithm, target, classes, options, ...treeHeader(preparation, trees) } as typeof header,
    parts: treeParts(preparation, trees),
  })
}

function appended(a: Trees, b: Trees): Trees {
  const starts = b.starts.map((start, i) => start + (i % 2 === 0 ? a.nodes.length / 12 : a.sets.length))
  return {
    nodes: Uint8Array.from([...a.nodes, ...b.nodes]),
    starts: Uint32Array.from([...a.starts, ...starts]),
    sets: Uint32Array.from([...a.sets, ...b.sets]),
  }
}

describe('checkLeafNumbers', () => {
  it('refuses rows that may make more leaves than float32 can number', () => {
    const size = { nRows: 2 ** 24, nColumns: 3 }
    expect(() => checkLeafNumbers({ ...size, minSamplesLeaf: 1 })).not.toThrow()
    expect(() => checkLeafNumbers({ ...size, nRows: 2 ** 24 + 1, minSamplesLeaf: 1 })).toThrow(
      expect.objectContaining({
        code: 'TABLE_TOO_LARGE',
        message: expect.stringContaining('a minSamplesLeaf of 2 makes no more'),
      }),
    )
    expect(() => checkLeafNumbers({ ...size, nRows: 2 ** 24 + 1, minSamplesLeaf: 2 })).not.toThrow()
  })
})

describe.each(algorithms)('%s for several classes', (algorithm) => {
  let model: AnyModel
  const train = (nThreads: number, more = {}): Promise<AnyModel> =>
    trainMulticlass({ table, y, classes, target: 'end', algorithm, options: { nTrees: 10, nThreads }, ...more })
  beforeAll(async () => {
    model = await train(1)
  })

  it('has the same bytes for 1, 2 and 7 threads, and comes back from them', async () => {
    const bytes = serialiseModel(model)
    for (const nThreads of [2, 7]) expect(serialiseModel(await train(nThreads))).toEqual(bytes)
    const loaded = loadAnyModel(bytes)
    expect(loaded).toMatchObject({ task: 'multiclass', algorithm, classes, signature: model.signature })
    expect(loaded.predict(table)).toEqual(model.predict(table))
    expect(loaded.describe()).toEqual(model.describe())
    expect(loaded.describe()).toMatchObject({ nTrees: 10, classes })
    expect(serialiseModel(loaded)).toEqual(bytes)
  })

  it('never changes its bytes: artifacts are named by their hash', () => {
    expect(sha256(serialiseModel(model))).toBe(hashes[algorithm].now)
  })

  it('reads bytes of old, which have all trees once for each class', () => {
    const old = oldBytes(model)
    expect(sha256(old)).toBe(hashes[algorithm].old)
    const loaded = loadAnyModel(old)
    expect(loaded.predict(table)).toEqual(model.predict(table))
    expect(loaded.describe()).toEqual(model.describe())
    expect(serialiseModel(loaded)).toEqual(serialiseModel(model))
  })

  it('is refused where leaves and shares do not belong together', () => {
    const { header, body } = openEnvelope(serialiseModel(model))
    const { nShares } = header as unknown as { nShares: number }
    const reading = (more: object, change: (body: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): unknown => {
      const bytes = sealEnvelope({ header: { ...header, ...more }, parts: [change(body.slice())] })
      try {
        return loadAnyModel(bytes)
      } catch (error) {
        return (error as Error).message
      }
    }
    const float = (at: number, value: number) => (bytes: Uint8Array<ArrayBuffer>) => {
      new DataView(bytes.buffer).setFloat32(at, value, true)
      return bytes
    }
    const firstShare = body.length - 4 * nShares
    expect(reading({}, (same) => same)).toMatchObject({ task: 'multiclass' })
    expect(reading({}, float(firstShare, 1.5))).toMatch(/the share 1.5 of a class/)
    expect(reading({}, float(body.length - 4, NaN))).toMatch(/the share NaN of a class/)
    expect(reading({}, float(firstShare - 4, 0))).toMatch(/leaf \d+ of tree 9 with the number 0/)
    const fewer = (bytes: Uint8Array<ArrayBuffer>) => bytes.slice(0, -12)
    expect(reading({ nShares: nShares - 3 }, fewer)).toMatch(/shares of classes/)
    expect(reading({}, fewer)).toMatch(/bytes after the header/)
    for (const wrong of [-1, 1e9, 'x', null, nShares + 1])
      expect(typeof reading({ nShares: wrong }, fewer)).toBe('string')
    const oldEnvelope = openEnvelope(oldBytes(model))
    const spoiled = oldEnvelope.body.slice()
    // The last node is a leaf of the last class; its twin of the first class splits as it did.
    spoiled[spoiled.length - 9] ^= 2
    expect(() => loadAnyModel(sealEnvelope({ header: oldEnvelope.header, parts: [spoiled] }))).toThrow(
      /trees of class 2 that split otherwise than those of class 0/,
    )
  })

  it('gives probabilities that sum to 1, for a row as in a table', () => {
    const scores = model.predict(table)
    for (let row = 0; row < 50; row++) {
      const some = [...scores.subarray(3 * row, 3 * row + 3)]
      expect(some[0] + some[1] + some[2]).toBeCloseTo(1, 12)
      expect(Math.min(...some)).toBeGreaterThanOrEqual(0)
      expect(model.predictRow(rowOf(table, row))).toEqual(some)
    }
  })

  it('leaves rows of weight 0 out', async () => {
    const used = Int32Array.from({ length: 250 }, (_, i) => 2 * i)
    const alone = { table: takeRows(table, used), y: Int32Array.from(used, (row) => y[row]) }
    const weights = Float64Array.from(y, (_, row) => (row % 2 === 0 ? 1 : 0))
    expect(serialiseModel(await train(1, { weights }))).toEqual(serialiseModel(await train(1, alone)))
  })

  it('refuses classes that cannot be told apart', async () => {
    await expect(train(1, { classes: ['a', 'b'] })).rejects.toMatchObject({ code: 'CLASSES_INVALID' })
    await expect(train(1, { y: y.subarray(1) })).rejects.toMatchObject({ code: 'LABELS_LENGTH_DIFFERS' })
  })

  it('is not worse than scikit-learn: the mean log-loss over the folds is at most 0.01 above', async () => {
    // Random sets of levels have no peer there: extra trees are compared on the codes of categories, as numbers.
    const isRandom = algorithm === 'extra_trees'
    const peer = peerMean(isRandom ? golden.extraTreesCodesLogLoss : golden.logLoss)
    const table = isRandom ? codes : peerTable
    let sum = 0
    for (const { train, test } of peerFolds) {
      const y = Int32Array.from(train, (row) => golden.kind[row])
      const data = { table: takeRows(table, train), y, classes: ['a', 'b', 'c'] }
      const scores = (await new ForestMulticlass(algorithm, { nTrees: 500 }).fit(data)).predict(takeRows(table, test))
      sum -= test.reduce((loss, row, i) => loss + Math.log(scores[3 * i + golden.kind[row]]), 0) / test.length
    }
    expect(sum / peerFolds.length).toBeLessThan(peer + 0.01)
  })
})

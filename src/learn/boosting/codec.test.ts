import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { mixedTable, rowOf } from '../../../test/learning-tables.ts'
import { crc32 } from '../model/crc32.ts'
import { loadModel, serialiseModel } from '../model/format.ts'
import type { Model } from '../model/model.ts'
import { trainModel } from '../model/train-model.ts'
import { takeRows } from '../table.ts'

const { table, y } = mixedTable(900)
const train = (nThreads: number): Promise<Model> => {
  const data = { table, y, weights: new Float64Array(900).fill(2), target: 'outcome', positive: 'denied' }
  return trainModel({ ...data, algorithm: 'gradient_boosting', options: { nTrees: 30, nThreads } })
}
let model: Model
let bytes: Uint8Array

beforeAll(async () => {
  model = await train(1)
  bytes = serialiseModel(model)
})

/** The bytes with some changed, and a checksum that fits again. */
function forge(change: (view: DataView) => void): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  change(view)
  view.setUint32(16, crc32(copy.subarray(20)), true)
  return copy
}

describe('the bytes of gradient boosting', () => {
  it('are the same for 1, 2 and 7 threads', async () => {
    for (const nThreads of [2, 7]) expect(serialiseModel(await train(nThreads))).toEqual(bytes)
  })

  it('never change: artifacts are named by their hash', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      'd3c9fa1deeeb6b14966f63092b18ab79d4870ae29e1dbde116ea0ea6e5bee69d',
    )
  })

  it('give back the model: same signature, same scores, same bytes', () => {
    const loaded = loadModel(bytes)
    expect(loaded.predict(table)).toEqual(model.predict(table))
    expect(loaded.signature).toEqual(model.signature)
    expect(loaded.describe()).toEqual(model.describe())
    expect(serialiseModel(loaded)).toEqual(bytes)
  })

  it('are refused where a leaf holds no number', () => {
    const first = bytes.length - 12 * (model.describe() as { nNodes: number }).nNodes
    const leaf = Array.from({ length: 61 }, (_, i) => first + 12 * i).find((at) => bytes[at + 3] & 1)!
    const astray = forge((view) => view.setFloat32(leaf + 8, NaN, true))
    expect(() => loadModel(astray)).toThrow(
      expect.objectContaining({ code: 'MODEL_BYTES_INVALID', message: expect.stringContaining('has the value NaN') }),
    )
  })
})

describe('the model of gradient boosting', () => {
  it('describes itself', () => {
    expect(model.describe()).toMatchObject({ algorithm: 'gradient_boosting', nTrees: 30, nFeatures: 4 })
  })

  it('scores one row as it scores it in a table, bit for bit', () => {
    const scores = model.predict(table)
    for (let row = 0; row < 200; row++) expect(model.predictRow(rowOf(table, row))).toBe(scores[row])
  })

  it('scores missing and unseen values', () => {
    const score = model.predictRow({ amount: null, age: null, region: 'never seen', agent: null })
    expect(score > 0 && score < 1).toBe(true)
    expect(model.predict(takeRows(table, new Int32Array()))).toEqual(new Float64Array())
  })
})

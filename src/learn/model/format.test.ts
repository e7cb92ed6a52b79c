import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { AssayError } from '../../errors/index.ts'
import type { ForestOptions } from '../forest/options.ts'
import type { Table } from '../table.ts'
import { categories, mixedTable, numbers } from '../../../test/learning-tables.ts'
import { crc32 } from './crc32.ts'
import { loadModel, serialiseModel } from './format.ts'
import type { Model } from './model.ts'
import { trainModel } from './train-model.ts'

const { table, y } = mixedTable(200)
const train = (table: Table, y: Uint8Array, options: Partial<ForestOptions> = {}): Promise<Model> => {
  const data = { table, y, target: 'outcome', positive: 'denied' }
  return trainModel({ ...data, algorithm: 'random_forest', options: { nTrees: 8, nThreads: 1, ...options } })
}
let bytes: Uint8Array

beforeAll(async () => {
  bytes = serialiseModel(await train(table, y))
})

/** The bytes with some changed, and a checksum that fits again. */
function forge(change: (bytes: Uint8Array, view: DataView) => void): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  change(copy, view)
  view.setUint32(16, crc32(copy.subarray(20)), true)
  return copy
}

describe('crc32', () => {
  it('gives the check value of its definition', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
  })
})

describe('serialiseModel', () => {
  it('gives the same bytes for 1, 2 and 7 threads', async () => {
    for (const nThreads of [2, 7]) expect(serialiseModel(await train(table, y, { nThreads }))).toEqual(bytes)
  })

  it('never changes the bytes of a forest: artifacts are named by their hash', () => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(sha256).toBe('48c353248ed74eb790eb95e4e38c6b986c1a1095f10fd590d09019b357a4e4c3')
  })

  it('is undone by loadModel: same signature, same scores, same bytes', async () => {
    const options = fc.record({
      minSamplesLeaf: fc.integer({ min: 1, max: 20 }),
      maxBins: fc.integer({ min: 2, max: 255 }),
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      maxDepth: fc.option(fc.integer({ min: 1, max: 9 })),
    })
    await fc.assert(
      fc.asyncProperty(options, async (options) => {
        const model = await train(table, y, options)
        const loaded = loadModel(serialiseModel(model))
        expect(loaded.predict(table)).toEqual(model.predict(table))
        expect(loaded.signature).toEqual(model.signature)
        expect(loaded.describe()).toEqual(model.describe())
        expect(serialiseModel(loaded)).toEqual(serialiseModel(model))
      }),
      { numRuns: 15 },
    )
  })

  it('keeps infinities, missing columns and texts of any kind', async () => {
    const columns = [
      numbers('x', [-Infinity, 1, 2, Infinity]),
      numbers('nothing', [null, null, null, null]),
      categories('ünï "x"', ['ß', '\n', 'ß', '💶']),
    ]
    const model = await train({ nRows: 4, columns }, Uint8Array.of(0, 0, 1, 1), { minSamplesLeaf: 1 })
    const loaded = loadModel(serialiseModel(model))
    expect(loaded.signature).toEqual(model.signature)
    expect(loaded.signature.columns[0]).toMatchObject({ min: -Infinity, max: Infinity })
    expect(loaded.predict({ nRows: 4, columns })).toEqual(model.predict({ nRows: 4, columns }))
  })

  it('reads bytes that do not begin where their buffer does', () => {
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    expect(loadModel(shifted.subarray(3)).predict(table)).toEqual(loadModel(bytes).predict(table))
  })
})

/** What loadModel says about these bytes. */
function refusal(bytes: Uint8Array): string {
  try {
    loadModel(bytes)
  } catch (error) {
    if (error instanceof AssayError && error.code === 'MODEL_BYTES_INVALID') return error.message
    throw error
  }
  return 'nothing: it loads them'
}

describe('loadModel', () => {
  /** Where the header ends and the nodes begin. */
  const places = (): { headerBytes: number; nodesAt: number } => {
    const headerBytes = new DataView(bytes.buffer).getUint32(20, true)
    const json = new TextDecoder().decode(bytes.subarray(24, 24 + headerBytes))
    return { headerBytes, nodesAt: bytes.length - 12 * (JSON.parse(json) as { nNodes: number }).nNodes }
  }
  const findNode = (flag: number): number => {
    for (let at = places().nodesAt; at < bytes.length; at += 12) if (bytes[at + 3] & flag) return at
    throw new Error('The model of this test has no such node.')
  }

  it('refuses bytes that are not a model, saying what it found', () => {
    expect(refusal(new Uint8Array())).toContain('found 0 bytes, expected a model file of at least 24')
    expect(refusal(new TextEncoder().encode('{"tree": "this is no such file"}'))).toContain(
      'found a file that begins with "{\\"tree\\":", expected "ASSAYMDL"',
    )
  })

  it('refuses another version of the format', () => {
    const newer = forge((_, view) => view.setUint32(8, 2, true))
    expect(refusal(newer)).toContain('found version 2 of the format, expected version 1')
  })

  it('refuses a file cut short', () => {
    const wanted = `found 1000 bytes, expected the ${bytes.length} that were written`
    expect(refusal(bytes.subarray(0, 1000))).toContain(wanted)
  })

  it('refuses any single changed byte', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const copy = bytes.slice()
        copy[at] ^= change
        expect(refusal(copy)).toContain('This is not a usable model')
      }),
    )
  })

  it('refuses nodes that would lead the evaluator astray, even with a good checksum', () => {
    const { nodesAt } = places()
    const astray: [(view: DataView) => void, string][] = [
      [(view) => view.setUint16(nodesAt, 9, true), 'node 0 of tree 0 splits feature 9 of 4'],
      [(view) => view.setUint32(nodesAt + 4, 0, true), 'node 0 of tree 0 has no children'],
      [(view) => view.setUint32(nodesAt + 4, 1e6, true), 'node 0 of tree 0 has no children'],
      [(view) => view.setUint32(findNode(2) + 8, 1e6, true), 'has no set of levels'],
      [(view) => view.setFloat32(findNode(1) + 8, 1.5, true), 'has the value 1.5'],
    ]
    for (const [change, reason] of astray) expect(refusal(forge((_, view) => change(view)))).toContain(reason)
  })

  it('refuses a header it cannot read, even with a good checksum', () => {
    const replaceText = (from: string, to: string): Uint8Array => {
      const text = new TextDecoder('latin1').decode(bytes).replace(from, to)
      return forge((copy) => copy.set(Uint8Array.from(text, (letter) => letter.charCodeAt(0))))
    }
    expect(refusal(forge((copy) => copy.fill(255, 24, 30)))).toContain('contents that do not fit')
    expect(refusal(replaceText('random_forest', 'linear_forest'))).toContain('the algorithm linear_forest')
    expect(refusal(replaceText('"maxBins":255', '"maxBins":999'))).toContain('Option maxBins is 999')
    expect(refusal(replaceText('"nTrees":8', '"nTrees":9'))).toMatch(/found \d+ bytes after the header/)
  })
})

describe('trainModel', () => {
  it('has a signature that follows from the training rows', async () => {
    const { signature } = await train(table, y)
    expect(signature).toMatchObject({ target: 'outcome', positive: 'denied' })
    expect(signature.columns.map(({ name, kind, required }) => [name, kind, required])).toEqual([
      ['amount', 'number', true],
      ['age', 'number', true],
      ['region', 'category', true],
      ['agent', 'category', true],
    ])
    expect(signature.columns[2].levels?.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'])
  })

  it('describes itself', async () => {
    expect((await train(table, y)).describe()).toMatchObject({ algorithm: 'random_forest', nTrees: 8, nFeatures: 4 })
  })

  it('refuses an algorithm it does not have', async () => {
    const input = { table, y, target: 't', positive: '1', algorithm: 'magic' as 'random_forest' }
    await expect(trainModel(input)).rejects.toMatchObject({
      code: 'ALGORITHM_UNKNOWN',
      message: expect.stringMatching(/^There is no algorithm magic; known: random_forest/),
    })
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { mixedTable } from '../../../test/learning-tables.ts'
import { sealEnvelope } from '../model/envelope.ts'
import { loadModel, serialiseModel } from '../model/format.ts'
import { logisticRegressionAlgorithm } from './algorithm.ts'
import { linearCodec } from './codec.ts'
import type { LinearModel } from './linear-model.ts'

let model: LinearModel

beforeAll(async () => {
  model = await logisticRegressionAlgorithm.train({ ...mixedTable(100), target: 'outcome', positive: 'denied' }, {}, {})
})

/** Bytes with a good checksum, of a header or body that was changed. */
function forged(change: { header?: object; body?: (values: Float64Array) => Float64Array }): Uint8Array {
  const { header, parts } = linearCodec.encode(model)
  const values = Float64Array.from(parts.flatMap((part) => [...(part as Float64Array)]))
  return sealEnvelope({ header: { ...header, ...change.header }, parts: [change.body?.(values) ?? values] })
}

describe('the codec of logistic regression', () => {
  it('writes the algorithm first, and 8 bytes a number after the header', () => {
    const bytes = serialiseModel(model)
    expect(bytes).toEqual(forged({}))
    expect(new TextDecoder().decode(bytes.subarray(24, 60))).toMatch(/^\{"algorithm":"logistic_regression",/)
  })

  it.each([
    ['a body cut short', { body: (values: Float64Array) => values.slice(0, -1) }, 'bytes after the header'],
    ['hardly any body', { body: () => Float64Array.of(1) }, 'expected at least'],
    ['an endless coefficient', { body: (values: Float64Array) => values.fill(NaN, -3) }, 'no finite number'],
    [
      'a deviation of 0',
      { body: (values: Float64Array) => values.fill(0, 6, 7) },
      'found the deviation 0 of column amount',
    ],
    ['an unknown outcome', { header: { convergence: { outcome: 'luck' } } }, 'found the outcome luck'],
    ['an option out of range', { header: { options: { c: -1 } } }, 'Option c is -1'],
    ['no columns', { header: { columns: 'none' } }, 'contents that do not fit'],
  ])('refuses %s', (_, change, reason) => {
    const load = () => loadModel(forged(change))
    expect(load).toThrow(expect.objectContaining({ code: 'MODEL_BYTES_INVALID' }))
    expect(load).toThrow(reason)
  })
})

import { expect, test } from 'vitest'
import { decodeOutOfFold, encodeOutOfFold, joinFolds } from './out-of-fold.ts'

const folds = [
  { y: Uint8Array.of(1, 0, 1), score: Float64Array.of(0.1 + 0.2, Number.MIN_VALUE, 1) },
  { y: Uint8Array.of(0), score: Float64Array.of(-0) },
]

test('the folds joined come back from their bytes to the last bit, wherever these begin in memory', () => {
  const joined = joinFolds(folds)
  expect(joined).toEqual({ y: Uint8Array.of(1, 0, 1, 0), score: Float64Array.of(0.1 + 0.2, Number.MIN_VALUE, 1, -0) })
  const bytes = encodeOutOfFold(joined)
  const shifted = new Uint8Array(bytes.length + 3)
  shifted.set(bytes, 3)
  for (const stored of [bytes, shifted.subarray(3), Buffer.from(bytes)]) expect(decodeOutOfFold(stored)).toEqual(joined)
})

test('no fold is no row', () => {
  expect(decodeOutOfFold(encodeOutOfFold(joinFolds([])))).toEqual({ y: new Uint8Array(), score: new Float64Array() })
})

/** Truth and score of every row that was tested, by a model that had not seen it. */
export type OutOfFold = { y: Uint8Array; score: Float64Array }

/** As bytes: the scores, then the truths. */
export function encodeOutOfFold({ y, score }: OutOfFold): Uint8Array {
  const bytes = new Uint8Array(score.byteLength + y.length)
  bytes.set(new Uint8Array(score.buffer, score.byteOffset, score.byteLength))
  bytes.set(y, score.byteLength)
  return bytes
}

export function decodeOutOfFold(bytes: Uint8Array): OutOfFold {
  const nScoreBytes = (bytes.length / (Float64Array.BYTES_PER_ELEMENT + 1)) * Float64Array.BYTES_PER_ELEMENT
  // Copied, for scores must begin at a multiple of eight; the slice of a Buffer is no copy.
  const scores = new Uint8Array(bytes.subarray(0, nScoreBytes))
  return { y: new Uint8Array(bytes.subarray(nScoreBytes)), score: new Float64Array(scores.buffer) }
}

/** The folds one after the other. */
export function joinFolds(folds: OutOfFold[]): OutOfFold {
  const n = folds.reduce((sum, { y }) => sum + y.length, 0)
  const all = { y: new Uint8Array(n), score: new Float64Array(n) }
  let at = 0
  for (const { y, score } of folds) {
    all.y.set(y, at)
    all.score.set(score, at)
    at += y.length
  }
  return all
}

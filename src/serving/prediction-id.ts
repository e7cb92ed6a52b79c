import { randomFillSync } from 'node:crypto'

/** An id and the instant it carries: milliseconds since 1970, the log's `at`. */
export type PredictionId = { id: string; atMs: number }

const RANDOM_BYTES = 8
const MAX_COUNTER = 0xfff

/**
 * Makes prediction ids: UUID version 7 (RFC 9562), 48 bits of milliseconds, a 12-bit counter within the millisecond, 62
 * random bits. Ids of one process only ever grow, also when the clock jumps back or more than 4,096 are asked for in one
 * millisecond (then they run ahead of the clock). The instant in the id is the log's `at`, so an id alone names its partition.
 */
export function createPredictionIds(nowMs: () => number): () => PredictionId {
  const pool = Buffer.alloc(RANDOM_BYTES * 512)
  let used = pool.length
  let lastMs = 0
  let counter = 0

  return () => {
    const now = nowMs()
    if (now > lastMs) {
      lastMs = now
      counter = 0
    } else if (++counter > MAX_COUNTER) {
      lastMs++
      counter = 0
    }
    if (used === pool.length) {
      randomFillSync(pool)
      used = 0
    }
    pool[used] = (pool[used] & 0x3f) | 0x80
    const random = pool.toString('hex', used, used + RANDOM_BYTES)
    used += RANDOM_BYTES
    const time = lastMs.toString(16).padStart(12, '0')
    const count = counter.toString(16).padStart(3, '0')
    const id = `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`
    return { id, atMs: lastMs }
  }
}

const UUID_7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** The instant inside a prediction id; `undefined` for any text that is not a UUID version 7. */
export function predictionTime(id: string): Date | undefined {
  return UUID_7.test(id) ? new Date(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)) : undefined
}

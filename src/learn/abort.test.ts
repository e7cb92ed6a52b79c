import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Arena, NODE_BYTES } from '../kernels/index.ts'
import { runTeam } from '../threads/index.ts'
import { layOut, type GrowthOptions } from './forest/layout.ts'
import { createRandom } from './random.ts'
import type { CategoryColumn, NumberColumn } from './table.ts'
import { stagedColumns } from './trees/bin-columns.ts'
import type { BinnedTable } from './trees/binned-table.ts'
import { emptyStage, passColumns } from './trees/stage.ts'
import { readNode } from './trees/trees.ts'

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A table whose bins say nothing of its labels, so that one tree goes down to single rows: seconds of work. */
const nRows = 2 ** 18
const nFeatures = 64
function noise(): { binned: BinnedTable; labels: Uint8Array } {
  const words = new Uint32Array(new SharedArrayBuffer(nRows * nFeatures))
  const random = createRandom(1)
  for (let i = 0; i < words.length; i++) words[i] = random.below(2 ** 32) & 0x7f7f7f7f
  const edges = Float32Array.from({ length: 127 }, (_, edge) => edge)
  const preparation = Array.from({ length: nFeatures }, (_, f) => ({ kind: 'number' as const, name: `c${f}`, edges }))
  const labels = Uint8Array.from({ length: nRows }, () => random.below(2))
  return { binned: { preparation, maxBins: 255, nRows, bins: words.buffer as SharedArrayBuffer }, labels }
}

describe('an abort within one tree', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  const kinds = { 'a random forest': false, 'extra trees': true }

  it.each(Object.entries(kinds))('of %s ends the thread in the midst of it', async (_, randomThresholds) => {
    const { binned, labels } = noise()
    const options: GrowthOptions = {
      nTrees: 1,
      maxFeatures: nFeatures,
      minSamplesLeaf: 1,
      maxDepth: null,
      bootstrap: false,
      randomThresholds,
      seed: 1,
      nThreads: 1,
    }
    const input = layOut({ binned, target: { labels } }, options)
    const nodes = new DataView(input.memory.buffer, input.plans[0].nodes, 2 * nRows * NODE_BYTES)
    const isBegun = (): boolean => readNode(nodes, 0).kind === 'number' && nodes.getUint32(4, true) > 0
    const controller = new AbortController()
    const work = { module: new URL('./forest/grow-task.ts', import.meta.url), input, nTasks: 1, nThreads: 1 }
    const end = runTeam(work, { signal: controller.signal }).catch((error: unknown) => error)
    while (!isBegun()) await turn()
    controller.abort(new Error('stop'))
    vi.advanceTimersByTime(500)
    expect(await end).toMatchObject({ message: 'stop' })
    // A tree that was grown to its end would have each row in a leaf.
    let nSamples = 0
    for (let index = 0; index < 2 * nRows; index++) {
      const node = readNode(nodes, index)
      if (node.kind === 'leaf') nSamples += node.nSamples
    }
    expect(nSamples).toBeLessThan(nRows)
  })
})

describe('an abort while threads of a tree wait for each other', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => void vi.useRealTimers())

  it('ends them half a second later by the clock, and no sooner', async () => {
    const arena = new Arena()
    arena.reserve(Uint8Array, 1024)
    const begun = new Int32Array(new SharedArrayBuffer(4))
    const work = {
      module: new URL('./testing/waiting-task.ts', import.meta.url),
      input: { memory: arena.allocate(), begun },
      nTasks: 1,
      nThreads: 1,
    }
    const controller = new AbortController()
    let error: unknown
    const end = runTeam(work, { signal: controller.signal }).catch((reason: unknown) => (error = reason))
    while (Atomics.load(begun, 0) === 0) await turn()
    controller.abort(new Error('stop'))
    vi.advanceTimersByTime(499)
    for (let i = 0; i < 100; i++) await turn()
    expect(error).toBeUndefined()
    vi.advanceTimersByTime(1)
    expect(await end).toMatchObject({ message: 'stop' })
  })
})

describe('work on the caller’s thread', () => {
  /** Columns that note how often the event loop had turned when somebody looked at their rows. */
  function watchedColumns(kind: 'number' | 'category'): {
    columns: (NumberColumn | CategoryColumn)[]
    seen: number[][]
    stop: () => void
  } {
    let nTurns = 0
    let next = setImmediate(count)
    function count(): void {
      nTurns++
      next = setImmediate(count)
    }
    const seen: number[][] = []
    const columns = Array.from({ length: 12 }, (_, c) => {
      const look = <Values>(values: Values): Values => {
        ;(seen[c] ??= []).push(nTurns)
        return values
      }
      const codes = Int32Array.of(0, 1)
      const values = Float64Array.of(0, 1)
      const name = `c${c}`
      return kind === 'category'
        ? {
            kind,
            name,
            levels: ['a', 'b'],
            get codes() {
              return look(codes)
            },
          }
        : {
            kind,
            name,
            get values() {
              return look(values)
            },
          }
    })
    return { columns, seen, stop: () => clearImmediate(next) }
  }

  it.each(['number', 'category'] as const)('gives way between any two columns (%s)', async (kind) => {
    const { columns, seen, stop } = watchedColumns(kind)
    const staged = await stagedColumns({ columns }, 255)
    const looked = seen.map((turns) => turns.at(-1)!)
    if (kind === 'category') expect(new Set(looked).size).toBe(columns.length)
    for (const turns of seen) turns.length = 0
    // All slots are free, so nothing waits for the threads.
    await passColumns(emptyStage(columns.map(() => new Float32Array(2))), staged)
    stop()
    expect(new Set(seen.map((turns) => turns.at(-1)!)).size).toBe(columns.length)
  })

  it('ends at the next column when it is aborted', async () => {
    const { columns, seen, stop } = watchedColumns('category')
    const controller = new AbortController()
    const staged = stagedColumns({ columns }, 255, controller.signal)
    await turn()
    controller.abort()
    await expect(staged).rejects.toMatchObject({ code: 'TRAINING_CANCELLED' })
    stop()
    expect(seen.length).toBeLessThan(4)
  })
})

import { binsOfCodes, countBins, type CategoryBins } from '../preparation.ts'
import type { CategoryColumn, NumberColumn } from '../table.ts'
import { takeTurn } from '../take-turn.ts'

/** What a slot of the stage says before its column c has arrived; with it, it says c + 1. */
export const EMPTY = 0

/** What all slots say once nobody takes columns any more. */
const CLOSED = -1

/**
 * Columns on their way to the threads that bin them: each takes a slot of one float32 a row. Column c waits until slot
 * c mod nSlots is empty, so a few slots serve any number of columns.
 */
export type Stage = {
  slots: readonly Float32Array<ArrayBufferLike>[]
  /** What each slot holds. */
  states: Int32Array<SharedArrayBuffer>
}

/** A stage of these slots, which are shared. */
export function emptyStage(slots: readonly Float32Array<ArrayBufferLike>[]): Stage {
  return { slots, states: new Int32Array(new SharedArrayBuffer(4 * slots.length)).fill(EMPTY) }
}

/** Ends the passing of columns, whatever has become of those who were to take them. */
export function closeStage({ states }: Stage): void {
  for (let slot = 0; slot < states.length; slot++) {
    Atomics.store(states, slot, CLOSED)
    Atomics.notify(states, slot)
  }
}

/** A category column brings its bins, as they are known before; a number column its values. */
export type StagedColumn = { column: NumberColumn; bins: undefined } | { column: CategoryColumn; bins: CategoryBins }

/** Range of a number column; min > max where all is missing. */
export type Range = { min: number; max: number }

/**
 * Passes all columns to the threads, in order, until the stage is closed. The caller's event loop turns between columns.
 * @returns the range of each number column that was passed, undefined for a category
 */
export async function passColumns(stage: Stage, columns: readonly StagedColumn[]): Promise<(Range | undefined)[]> {
  const ranges: (Range | undefined)[] = []
  for (const [c, staged] of columns.entries()) {
    const at = c % stage.slots.length
    for (;;) {
      const state = Atomics.load(stage.states, at)
      if (state === EMPTY) break
      if (state === CLOSED) return ranges
      const wait = Atomics.waitAsync(stage.states, at, state)
      if (wait.async) await wait.value
    }
    const slot = stage.slots[at]
    ranges.push(staged.bins ? putBins(staged.column, staged.bins, slot) : putNumbers(staged.column, slot))
    Atomics.store(stage.states, at, c + 1)
    Atomics.notify(stage.states, at)
    // A team that was aborted closes the stage, which the next column finds.
    await takeTurn(undefined)
  }
  return ranges
}

function putNumbers({ values }: NumberColumn, slot: Float32Array): Range {
  let min = Infinity
  let max = -Infinity
  for (let row = 0; row < values.length; row++) {
    const value = values[row]
    slot[row] = value
    if (value < min) min = value
    if (value > max) max = value
  }
  return { min, max }
}

/** Bins, with a missing value in the bin behind the ordinary ones. */
function putBins({ codes, levels }: CategoryColumn, bins: CategoryBins, slot: Float32Array): undefined {
  const binOfCode = binsOfCodes(bins, levels)
  binOfCode[0] = countBins(bins)
  for (let row = 0; row < codes.length; row++) slot[row] = binOfCode[codes[row] + 1]
}

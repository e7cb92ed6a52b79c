import { MAX_MEMORY_BYTES, type Arena, type Kernels } from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { RowBinner, type Preparation, type Table } from '../../learn/index.ts'

/** Memory for rows and what is computed of them: they stay near while every tree passes. */
const BLOCK_BYTES = 2 ** 22
const MAX_BLOCK_ROWS = 4096

/** Rows of bins in the kernels' memory, a block at a time, and numbers that are computed of each. */
export class RowBlocks {
  readonly #binner: RowBinner
  readonly #maxRows: number
  readonly #rows: () => Uint8Array
  readonly #values: () => Float64Array

  /** @param maxPerRow most numbers of a row */
  constructor(preparation: Preparation, arena: Arena, maxPerRow: number) {
    const nFeatures = preparation.length
    this.#maxRows = Math.max(1, Math.min(MAX_BLOCK_ROWS, Math.floor(BLOCK_BYTES / (9 * nFeatures))))
    this.#binner = new RowBinner(preparation, arena, this.#maxRows)
    this.#rows = arena.reserve(Uint8Array, this.#maxRows * nFeatures)
    this.#values = arena.reserve(Float64Array, Math.max(this.#maxRows * nFeatures, maxPerRow))
  }

  bind(kernels: Kernels): void {
    this.#binner.bind(kernels)
  }

  /** Where the rows of a block lie. */
  get rows(): Uint8Array {
    return this.#rows()
  }

  /** Where the numbers lie, row by row; 0 before a block is computed. */
  get values(): Float64Array {
    return this.#values()
  }

  /**
   * Computes so many numbers for each row.
   * @param run computes a block of so many rows
   * @throws what `RowBinner` throws
   */
  compute(table: Table, perRow: number, run: (nRows: number) => void): Float64Array {
    const writeRows = this.#binner.rowsOf(table)
    const result = new Float64Array(table.nRows * perRow)
    const maxRows = Math.min(this.#maxRows, Math.floor(this.values.length / perRow))
    for (let begin = 0; begin < table.nRows; begin += maxRows) {
      const end = Math.min(table.nRows, begin + maxRows)
      writeRows(begin, end, this.rows)
      const values = this.values.subarray(0, (end - begin) * perRow).fill(0)
      run(end - begin)
      result.set(values, begin * perRow)
    }
    return result
  }

  /** Copies all rows of a table as bins. */
  copy(table: Table, out: Uint8Array): void {
    const writeRows = this.#binner.rowsOf(table)
    const rowBytes = table.nRows > 0 ? out.length / table.nRows : 0
    for (let begin = 0; begin < table.nRows; begin += this.#maxRows) {
      const end = Math.min(table.nRows, begin + this.#maxRows)
      writeRows(begin, end, out.subarray(begin * rowBytes, end * rowBytes))
    }
  }
}

/** @throws EXPLANATION_TOO_LARGE where an arena would be larger than a memory can be */
export function checkMemory({ sizeBytes }: Arena): void {
  if (sizeBytes > MAX_MEMORY_BYTES) throw explanationTooLarge(sizeBytes, MAX_MEMORY_BYTES)
}

export function explanationTooLarge(bytes: number, maxBytes: number): AssayError {
  const [given, limit] = [bytes, maxBytes].map((value) => `${(value / 2 ** 30).toFixed(2)} GiB`)
  return new AssayError('EXPLANATION_TOO_LARGE', { given, limit })
}

import type { Arena, Kernels } from '../../kernels/index.ts'
import { matchColumns } from '../inputs.ts'
import type { Preparation } from '../preparation.ts'
import { checkTable, type Table } from '../table.ts'
import { columnBinner, edgeOffsets, writeEdges, type BinSpace } from './bin-table.ts'

/** Writes rows [begin, end) of a table as rows of bins, a byte for each feature, to the beginning of `out`. */
export type RowWriter = (begin: number, end: number, out: Uint8Array) => void

/**
 * Turns tables into rows of bins in a memory of the kernels.
 *
 * It is made before the memory is, to reserve its room there, and bound to the kernels after.
 */
export class RowBinner {
  readonly #preparation: Preparation
  readonly #firstEdges: number[]
  readonly #edges: () => Float32Array
  readonly #values: () => Float64Array
  #space: BinSpace | undefined

  /** @param maxRows most rows of one call of a `RowWriter` */
  constructor(preparation: Preparation, arena: Arena, maxRows: number) {
    this.#preparation = preparation
    this.#firstEdges = edgeOffsets(preparation)
    this.#edges = arena.reserve(Float32Array, this.#firstEdges.at(-1)!)
    this.#values = arena.reserve(Float64Array, maxRows)
  }

  bind(kernels: Kernels): void {
    this.#space = { kernels, edges: this.#edges(), values: this.#values() }
    writeEdges(this.#preparation, this.#space.edges)
  }

  /**
   * The writer of a table's rows. Columns are matched by name; further columns are ignored.
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  rowsOf(table: Table): RowWriter {
    checkTable(table)
    const space = this.#space
    if (!space) throw new Error('RowBinner: bind() comes before rows are binned.')
    const columns = matchColumns(this.#preparation, table)
    const binners = this.#preparation.map((bins, f) => columnBinner(space, bins, this.#firstEdges[f], columns[f]))
    const stride = this.#preparation.length
    return (begin, end, out) => binners.forEach((bin, offset) => bin(begin, end, { out, offset, stride }))
  }
}

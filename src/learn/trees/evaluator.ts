import { Arena, instantiateKernels, MISSING_BIN, type Kernels } from '../../kernels/index.ts'
import { levelFrom, matchColumns, numberFrom, valueIn } from '../inputs.ts'
import type { Preparation } from '../preparation.ts'
import { checkTable, type Table } from '../table.ts'
import { columnBinner, edgeOffsets, writeEdges, type BinSpace } from './bin-table.ts'
import { reserveGroupSums, type GroupSums } from './group-sums.ts'
import type { Trees } from './trees.ts'

/** Rows that are binned and scored at a time, a multiple of eight: their bins stay in the nearest cache for every tree. */
const BLOCK_ROWS = 512

/** The bin of one raw value. */
type ValueBinner = (value: unknown) => number

/**
 * Trees with the preparation that their splits speak of: from raw columns to the sums of the leaf values that rows reach. Trees
 * may be in groups, of which each has a sum of its own.
 *
 * It holds one small WebAssembly memory of its own, in which it scores; so scoring is not re-entrant, and never yields.
 */
export class TreeEvaluator {
  readonly preparation: Preparation
  readonly #kernels: Kernels
  readonly #space: BinSpace
  readonly #firstEdges: number[]
  readonly #groups: GroupSums[]
  readonly #rows: Uint8Array
  readonly #scores: Float64Array
  readonly #valueBinners: ValueBinner[]

  /** @param nGroups groups of equally many trees, one after another */
  constructor(preparation: Preparation, trees: Trees, nGroups = 1) {
    this.preparation = preparation
    this.#firstEdges = edgeOffsets(preparation)
    const arena = new Arena()
    const groupSums = reserveGroupSums(arena, { trees, preparation, nGroups })
    const edges = arena.reserve(Float32Array, this.#firstEdges.at(-1)!)
    const values = arena.reserve(Float64Array, BLOCK_ROWS)
    const rows = arena.reserve(Uint8Array, BLOCK_ROWS * preparation.length)
    const scores = arena.reserve(Float64Array, BLOCK_ROWS)
    this.#kernels = instantiateKernels(arena.allocate())
    this.#space = { kernels: this.#kernels, edges: edges(), values: values() }
    this.#rows = rows()
    this.#scores = scores()
    writeEdges(preparation, edges())
    this.#groups = groupSums(this.#kernels)
    this.#valueBinners = this.#makeValueBinners()
  }

  /**
   * Sums of all rows, added in the order of the trees. Columns are matched by name; further columns are ignored.
   * O(rows x trees x depth) at most, on the caller's thread.
   * @returns Float64Array, shape (nRows, nGroups), row by row
   * @throws MODEL_COLUMN_MISSING, MODEL_COLUMN_KIND, and what `checkTable` throws
   */
  sums(table: Table): Float64Array {
    const nGroups = this.#groups.length
    const result = new Float64Array(table.nRows * nGroups)
    this.visitSums(table, (group, begin, sums) => {
      if (nGroups === 1) result.set(sums, begin)
      else for (let i = 0; i < sums.length; i++) result[(begin + i) * nGroups + group] = sums[i]
    })
    return result
  }

  /**
   * As `sums`, but the sums are shown, block of rows by block and in it group by group, not kept.
   * @param visit gets a group, the first row of a block, and a sum for each row of the block, which the next call overwrites
   */
  visitSums(table: Table, visit: (group: number, begin: number, sums: Float64Array) => void): void {
    checkTable(table)
    const columns = matchColumns(this.preparation, table)
    const binners = this.preparation.map((bins, f) => columnBinner(this.#space, bins, this.#firstEdges[f], columns[f]))
    const stride = this.preparation.length
    for (let begin = 0; begin < table.nRows; begin += BLOCK_ROWS) {
      const end = Math.min(table.nRows, begin + BLOCK_ROWS)
      binners.forEach((bin, offset) => bin(begin, end, { out: this.#rows, offset, stride }))
      const sums = this.#scores.subarray(0, end - begin)
      for (const [group, groupSums] of this.#groups.entries()) {
        groupSums.ofRows(this.#rows.byteOffset, end - begin, this.#scores.byteOffset)
        visit(group, begin, sums)
      }
    }
  }

  /**
   * The sum of one row, of its first group, equal to that of `sums` bit for bit. null is missing, as is NaN for a number; a category may
   * be given as a string, or as a number or boolean that stands for its text, and a date as its ISO text. A level never seen
   * counts as the others.
   * @throws MODEL_COLUMN_MISSING when a key is absent, MODEL_VALUE_INVALID when a value is of the wrong type
   */
  sumOfRow(row: Readonly<Record<string, unknown>>): number {
    this.#binRow(row)
    return this.#groups[0].ofRow(this.#rows.byteOffset)
  }

  /** As `sumOfRow`, the sum of each group. */
  sumsOfRow(row: Readonly<Record<string, unknown>>): number[] {
    this.#binRow(row)
    return this.#groups.map((group) => group.ofRow(this.#rows.byteOffset))
  }

  #binRow(row: Readonly<Record<string, unknown>>): void {
    for (let f = 0; f < this.preparation.length; f++) {
      this.#rows[f] = this.#valueBinners[f](valueIn(row, this.preparation[f]))
    }
  }

  #makeValueBinners(): ValueBinner[] {
    return this.preparation.map((bins, f) => {
      if (bins.kind === 'number') {
        const edgesAt = this.#space.edges.byteOffset + 4 * this.#firstEdges[f]
        const nEdges = bins.edges.length
        return (value) => {
          const number = numberFrom(value, bins)
          return Number.isNaN(number) ? MISSING_BIN : this.#kernels.binNumber(number, edgesAt, nEdges)
        }
      }
      const binOf = new Map(bins.levels.map((level, bin) => [level, bin]))
      const others = bins.levels.length
      return (value) => {
        const level = levelFrom(value, bins)
        return level === null ? MISSING_BIN : (binOf.get(level) ?? others)
      }
    })
  }
}

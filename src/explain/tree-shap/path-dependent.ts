import {
  Arena,
  instantiateKernels,
  MAX_MEMORY_BYTES,
  shapJobFields,
  shapTreeFields,
  writeField,
  writeRecord,
  type Kernels,
} from '../../kernels/index.ts'
import { AssayError } from '../../errors/index.ts'
import { RowBinner, type Table, type TreeEnsemble } from '../../learn/index.ts'
import { groupTrees, largestGroup, largestScratch, type TreeGroup } from './tree-groups.ts'
import { outlineTree, type TreeOutline } from './tree-outline.ts'
import { sizeOfTree, treeBytes, writeTree } from './write-tree.ts'

/** Memory for rows and what is computed of them: they stay near while every tree passes. */
const ROW_BYTES = 2 ** 22
const MAX_BLOCK_ROWS = 4096

/** Most elements of a matrix of interactions. */
const MAX_MATRIX = 2 ** 25

/** Most elements of all matrices of interactions together. */
const MAX_RESULT = 2 ** 28

/** Memory for trees. An ensemble that needs more is written in turns, for every block of rows. */
const TREE_BYTES = 2 ** 26

type Plan = Record<(typeof reserved)[number], () => Uint8Array | Uint32Array | Float64Array>
const reserved = ['job', 'records', 'space', 'rows', 'values', 'slots', 'edges', 'states', 'product'] as const

/**
 * Path-dependent TreeSHAP by quadrature, see `kernels/wasm/shap/tree.ts`: O(leaves x features on a path / 2) a row and tree.
 *
 * It holds a WebAssembly memory of its own, in which it computes; so it is not re-entrant, and never yields.
 */
export class PathDependentShap {
  /** What is expected of the sum of leaves where nothing is known. */
  readonly baseValue: number
  readonly #ensemble: TreeEnsemble
  readonly #kernels: Kernels
  readonly #binner: RowBinner
  readonly #groups: TreeGroup[]
  readonly #plan: Plan
  readonly #blockRows: number
  #written: TreeGroup | undefined

  /** @throws EXPLANATION_TOO_LARGE when the memory would be, which no tree of an ordinary model reaches */
  constructor(ensemble: TreeEnsemble) {
    this.#ensemble = ensemble
    const { preparation, trees } = ensemble
    const nFeatures = preparation.length
    let baseValue = 0
    const sizes = Array.from({ length: trees.starts.length / 2 }, (_, t) => {
      const outline = outlineTree(ensemble, t)
      baseValue += ensemble.scale * expectedValue(outline)
      return sizeOfTree(outline)
    })
    this.baseValue = baseValue
    this.#groups = groupTrees(sizes, TREE_BYTES)
    this.#blockRows = Math.max(1, Math.min(MAX_BLOCK_ROWS, Math.floor(ROW_BYTES / (9 * nFeatures))))
    const scratch = largestScratch(sizes)
    const arena = new Arena()
    this.#binner = new RowBinner(preparation, arena, this.#blockRows)
    const mostTrees = Math.max(0, ...this.#groups.map(({ begin, end }) => end - begin))
    this.#plan = {
      job: arena.reserve(Uint32Array, shapJobFields.length),
      records: arena.reserve(Uint32Array, mostTrees * shapTreeFields.length),
      space: arena.reserve(Uint8Array, largestGroup(sizes, this.#groups)),
      rows: arena.reserve(Uint8Array, this.#blockRows * nFeatures),
      values: arena.reserve(Float64Array, Math.max(this.#blockRows * nFeatures, Math.min(nFeatures ** 2, MAX_MATRIX))),
      slots: arena.reserve(Uint8Array, scratch.nSlotBytes),
      edges: arena.reserve(Uint8Array, 2 * scratch.nSplits + 1),
      states: arena.reserve(Uint32Array, scratch.nSplits),
      product: arena.reserve(Uint8Array, scratch.slotBytes),
    }
    if (arena.sizeBytes > MAX_MEMORY_BYTES) throw tooLarge(arena.sizeBytes, MAX_MEMORY_BYTES)
    this.#kernels = instantiateKernels(arena.allocate())
    this.#binner.bind(this.#kernels)
    const { job, records, rows, slots, edges, states, product, values } = this.#plan
    edges()[0] = 1
    const at = { trees: records, rows, slots, edges, states, product, values, interactions: values }
    const addresses = Object.entries(at).map(([name, view]) => [name, view().byteOffset])
    writeRecord(job() as Uint32Array, shapJobFields, {
      ...Object.fromEntries(addresses),
      nTrees: 0,
      nRows: 0,
      nFeatures,
    })
  }

  /** Contributions to the sums of leaves, shape (nRows, nFeatures). */
  values(table: Table): Float64Array {
    return this.#compute(table, this.#ensemble.preparation.length, () => this.#kernels.shapValues(this.#jobAt()))
  }

  /** For each row a matrix, shape (nFeatures, nFeatures): places (i, j) and (j, i) add up to what the pair counts; no diagonal. */
  pairs(table: Table): Float64Array {
    const nFeatures = this.#ensemble.preparation.length
    if (nFeatures ** 2 > MAX_MATRIX || table.nRows * nFeatures ** 2 > MAX_RESULT) {
      throw tooLarge(
        8 * nFeatures ** 2 * Math.max(1, table.nRows),
        8 * (nFeatures ** 2 > MAX_MATRIX ? MAX_MATRIX : MAX_RESULT),
      )
    }
    return this.#compute(table, nFeatures ** 2, () => this.#kernels.shapInteractions(this.#jobAt()))
  }

  /** Runs a kernel over all rows, in blocks, and over all trees. */
  #compute(table: Table, perRow: number, run: () => void): Float64Array {
    const writeRows = this.#binner.rowsOf(table)
    const result = new Float64Array(table.nRows * perRow)
    const rows = this.#plan.rows() as Uint8Array
    const values = this.#plan.values() as Float64Array
    const blockRows = Math.min(this.#blockRows, Math.floor(values.length / perRow))
    for (let begin = 0; begin < table.nRows; begin += blockRows) {
      const end = Math.min(table.nRows, begin + blockRows)
      writeRows(begin, end, rows)
      writeField(this.#plan.job() as Uint32Array, shapJobFields, 'nRows', end - begin)
      values.fill(0, 0, (end - begin) * perRow)
      for (const group of this.#groups) {
        this.#write(group)
        run()
      }
      result.set(values.subarray(0, (end - begin) * perRow), begin * perRow)
    }
    return result
  }

  /** Writes the trees of a group, unless they are there. */
  #write(group: TreeGroup): void {
    if (this.#written === group) return
    this.#written = group
    const { begin, end } = group
    const space = this.#plan.space()
    const records = this.#plan.records() as Uint32Array
    let at = space.byteOffset
    for (let t = begin; t < end; t++) {
      const outline = outlineTree(this.#ensemble, t)
      const first = (t - begin) * shapTreeFields.length
      const record = records.subarray(first, first + shapTreeFields.length)
      writeRecord(record, shapTreeFields, writeTree(outline, this.#ensemble.scale, space.buffer, at))
      at += treeBytes(sizeOfTree(outline))
    }
    writeField(this.#plan.job() as Uint32Array, shapJobFields, 'nTrees', end - begin)
  }

  #jobAt(): number {
    return this.#plan.job().byteOffset
  }
}

/** The mean value of the leaves, by their shares. */
function expectedValue({ nNodes, splits, left, share, value }: TreeOutline): number {
  const expected = value.slice()
  for (let s = splits.length - 1; s >= 0; s--) {
    expected[splits[s]] = share[left[s]] * expected[left[s]] + share[left[s] + 1] * expected[left[s] + 1]
  }
  return nNodes > 0 ? expected[0] : 0
}

function tooLarge(bytes: number, maxBytes: number): AssayError {
  const [given, limit] = [bytes, maxBytes].map((value) => `${(value / 2 ** 30).toFixed(2)} GiB`)
  return new AssayError('EXPLANATION_TOO_LARGE', { given, limit })
}

import {
  Arena,
  instantiateKernels,
  shapJobFields,
  shapTreeFields,
  writeField,
  writeRecord,
  type Kernels,
} from '../../kernels/index.ts'
import type { Table, TreeEnsemble } from '../../learn/index.ts'
import { checkMemory, explanationTooLarge, RowBlocks } from './row-blocks.ts'
import { groupTrees, TREE_BYTES, type TreeGroup } from './tree-groups.ts'
import { outlineTree, type TreeOutline } from './tree-outline.ts'
import { sizeOfTree, slotBytes, treeBytes, writeTree, type TreeSize } from './write-tree.ts'

/** Most elements of one matrix of interactions, and of those of all rows together. */
const MAX_MATRIX = 2 ** 25
const MAX_MATRICES = 2 ** 28

/**
 * Path-dependent TreeSHAP by quadrature, see `kernels/wasm/shap/tree.ts`: O(leaves x features on a path / 2) a row and tree.
 *
 * It holds a WebAssembly memory of its own, in which it computes; so it is not re-entrant, and never yields.
 */
export class PathDependentShap {
  /** What is expected of the scaled sum of leaves where nothing is known. */
  readonly baseValue: number
  readonly #ensemble: TreeEnsemble
  readonly #kernels: Kernels
  readonly #blocks: RowBlocks
  readonly #groups: TreeGroup[]
  readonly #job: Uint32Array
  readonly #records: Uint32Array
  readonly #space: Uint8Array
  #written: TreeGroup | undefined

  /**
   * @param maxTreeBytes memory for trees; where they need more they are written in turns, for every block of rows
   * @throws EXPLANATION_TOO_LARGE when the memory would be
   */
  constructor(ensemble: TreeEnsemble, maxTreeBytes = TREE_BYTES) {
    this.#ensemble = ensemble
    const { preparation, trees, scale } = ensemble
    const nFeatures = preparation.length
    this.baseValue = 0
    const sizes: TreeSize[] = []
    for (let t = 0; t < trees.starts.length / 2; t++) {
      const outline = outlineTree(ensemble, t)
      this.baseValue += scale * expectedValue(outline)
      sizes.push(sizeOfTree(outline))
    }
    this.#groups = groupTrees(sizes.map(treeBytes), maxTreeBytes)
    const arena = new Arena()
    this.#blocks = new RowBlocks(preparation, arena, Math.min(nFeatures ** 2, MAX_MATRIX))
    const job = arena.reserve(Uint32Array, shapJobFields.length)
    const records = arena.reserve(Uint32Array, shapTreeFields.length * largest(this.#groups, (g) => g.end - g.begin))
    const space = arena.reserve(
      Uint8Array,
      largest(this.#groups, ({ sizeBytes }) => sizeBytes),
    )
    const maxSplits = largest(sizes, ({ nSplits }) => nSplits)
    const factors = arena.reserve(
      Uint8Array,
      largest(sizes, (size) => 8 * size.nSplits * slotBytes(size)),
    )
    const followed = arena.reserve(Float64Array, 2 * maxSplits + 1)
    const slots = arena.reserve(
      Uint8Array,
      largest(sizes, (size) => size.nNodes * slotBytes(size)),
    )
    const edges = arena.reserve(Uint8Array, 2 * maxSplits + 1)
    const states = arena.reserve(Uint32Array, maxSplits)
    const product = arena.reserve(Uint8Array, largest(sizes, slotBytes))
    checkMemory(arena)
    this.#kernels = instantiateKernels(arena.allocate())
    this.#blocks.bind(this.#kernels)
    edges()[0] = 1
    followed()[0] = 1
    this.#job = job()
    this.#records = records()
    this.#space = space()
    writeRecord(this.#job, shapJobFields, {
      trees: this.#records.byteOffset,
      nTrees: 0,
      rows: this.#blocks.rows.byteOffset,
      nRows: 0,
      nFeatures,
      values: this.#blocks.values.byteOffset,
      interactions: this.#blocks.values.byteOffset,
      factors: factors().byteOffset,
      followed: followed().byteOffset,
      slots: slots().byteOffset,
      edges: edges().byteOffset,
      states: states().byteOffset,
      product: product().byteOffset,
    })
  }

  /** Contributions to the scaled sums of leaves, shape (nRows, nFeatures). */
  values(table: Table): Float64Array {
    return this.#compute(table, this.#ensemble.preparation.length, (job) => this.#kernels.shapValues(job))
  }

  /**
   * For each row a matrix, shape (nFeatures, nFeatures): places (i, j) and (j, i) add up to what the pair counts; no diagonal.
   * @throws EXPLANATION_TOO_LARGE
   */
  pairs(table: Table): Float64Array {
    const matrix = this.#ensemble.preparation.length ** 2
    if (matrix > MAX_MATRIX) throw explanationTooLarge(8 * matrix, 8 * MAX_MATRIX)
    if (matrix * table.nRows > MAX_MATRICES) throw explanationTooLarge(8 * matrix * table.nRows, 8 * MAX_MATRICES)
    return this.#compute(table, matrix, (job) => this.#kernels.shapInteractions(job))
  }

  #compute(table: Table, perRow: number, run: (job: number) => void): Float64Array {
    return this.#blocks.compute(table, perRow, (nRows) => {
      writeField(this.#job, shapJobFields, 'nRows', nRows)
      for (const group of this.#groups) {
        this.#write(group)
        run(this.#job.byteOffset)
      }
    })
  }

  /** Writes the trees of a group, unless they are there. */
  #write(group: TreeGroup): void {
    if (this.#written === group) return
    this.#written = group
    const { begin, end } = group
    let at = this.#space.byteOffset
    for (let t = begin; t < end; t++) {
      const outline = outlineTree(this.#ensemble, t)
      const first = (t - begin) * shapTreeFields.length
      const record = this.#records.subarray(first, first + shapTreeFields.length)
      writeRecord(record, shapTreeFields, writeTree(outline, this.#ensemble.scale, this.#space.buffer, at))
      at += treeBytes(sizeOfTree(outline))
    }
    writeField(this.#job, shapJobFields, 'nTrees', end - begin)
  }
}

/** The mean value of the leaves, by their shares. */
function expectedValue({ splits, left, share, value }: TreeOutline): number {
  const expected = value.slice()
  for (let s = splits.length - 1; s >= 0; s--) {
    expected[splits[s]] = share[left[s]] * expected[left[s]] + share[left[s] + 1] * expected[left[s] + 1]
  }
  return expected[0]
}

function largest<Item>(items: readonly Item[], sizeOf: (item: Item) => number): number {
  return items.reduce((most, item) => Math.max(most, sizeOf(item)), 0)
}

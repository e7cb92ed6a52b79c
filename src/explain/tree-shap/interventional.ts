import {
  Arena,
  backgroundJobFields,
  backgroundSizes,
  instantiateKernels,
  writeField,
  writeRecord,
  type Kernels,
} from '../../kernels/index.ts'
import type { Table, TreeEnsemble } from '../../learn/index.ts'
import { countConditions, eachLeaf, type LeafConditions } from './leaf-conditions.ts'
import { shareOfOrders } from './orders.ts'
import { checkMemory, RowBlocks } from './row-blocks.ts'
import { groupTrees, TREE_BYTES, type TreeGroup } from './tree-groups.ts'
import { outlineTree, SET_WORDS, type TreeOutline } from './tree-outline.ts'
import { addWideLeaf, type BinnedRows } from './wide-leaf.ts'

const { maxConditions } = backgroundSizes

/**
 * Interventional TreeSHAP, see `kernels/wasm/shap/interventional.ts`: O(leaves x features on a path) a row and tree, and for a
 * row unlike those before it O(background rows) a leaf at most.
 *
 * It holds a WebAssembly memory of its own, in which it computes; so it is not re-entrant, and never yields.
 */
export class InterventionalShap {
  readonly #ensemble: TreeEnsemble
  readonly #kernels: Kernels
  readonly #blocks: RowBlocks
  readonly #groups: TreeGroup[]
  readonly #background: BinnedRows
  readonly #job: Uint32Array
  readonly #space: Uint8Array
  /** Leaves of the group that is written that are too wide for the kernel. */
  #wide: LeafConditions[] = []
  #written: TreeGroup | undefined

  /**
   * @param maxTreeBytes memory for leaves; where they need more they are written in turns, for every block of rows
   * @throws EXPLANATION_TOO_LARGE when the memory would be, and for the background what `checkTable` and `matchColumns` throw
   */
  constructor(ensemble: TreeEnsemble, background: Table, maxTreeBytes = TREE_BYTES) {
    this.#ensemble = ensemble
    const { preparation, trees } = ensemble
    const nFeatures = preparation.length
    const treeBytes = Array.from({ length: trees.starts.length / 2 }, (_, t) => bytesOf(outlineTree(ensemble, t)))
    this.#groups = groupTrees(treeBytes, maxTreeBytes)
    const arena = new Arena()
    this.#blocks = new RowBlocks(preparation, arena, 0)
    const tableSize = 2 ** Math.ceil(Math.log2(2 * background.nRows))
    const reserved = {
      job: arena.reserve(Uint32Array, backgroundJobFields.length),
      space: arena.reserve(
        Uint8Array,
        this.#groups.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 0),
      ),
      background: arena.reserve(Uint8Array, background.nRows * nFeatures),
      orders: arena.reserve(Float64Array, maxConditions ** 2),
      masks: arena.reserve(Uint8Array, background.nRows * backgroundSizes.mask),
      table: arena.reserve(Uint32Array, tableSize),
      memo: arena.reserve(Float64Array, backgroundSizes.memo * (maxConditions + 1)),
      isKnown: arena.reserve(Uint8Array, backgroundSizes.memo),
    }
    checkMemory(arena)
    this.#kernels = instantiateKernels(arena.allocate())
    this.#blocks.bind(this.#kernels)
    this.#background = { bins: reserved.background(), nRows: background.nRows, width: nFeatures }
    this.#blocks.copy(background, this.#background.bins)
    const orders = reserved.orders()
    orders.forEach((_, at) => (orders[at] = shareOfOrders(Math.floor(at / maxConditions), at % maxConditions)))
    this.#job = reserved.job()
    this.#space = reserved.space()
    writeRecord(this.#job, backgroundJobFields, {
      leaves: this.#space.byteOffset,
      nLeaves: 0,
      rows: this.#blocks.rows.byteOffset,
      nRows: 0,
      nFeatures,
      values: this.#blocks.values.byteOffset,
      background: this.#background.bins.byteOffset,
      nBackground: background.nRows,
      orders: orders.byteOffset,
      masks: reserved.masks().byteOffset,
      table: reserved.table().byteOffset,
      tableSize,
      memo: reserved.memo().byteOffset,
      isKnown: reserved.isKnown().byteOffset,
    })
  }

  /** Contributions to the scaled sums of leaves, shape (nRows, nFeatures). */
  values(table: Table): Float64Array {
    const width = this.#ensemble.preparation.length
    const weight = { background: this.#background, factor: this.#ensemble.scale / this.#background.nRows }
    return this.#blocks.compute(table, width, (nRows) => {
      writeField(this.#job, backgroundJobFields, 'nRows', nRows)
      for (const group of this.#groups) {
        this.#write(group)
        this.#kernels.shapAgainstBackground(this.#job.byteOffset)
        const rows = { bins: this.#blocks.rows, nRows, width }
        for (const leaf of this.#wide) addWideLeaf(leaf, rows, weight, this.#blocks.values)
      }
    })
  }

  /** Writes the leaves of a group, unless they are there: their records first, their conditions from the end. */
  #write(group: TreeGroup): void {
    if (this.#written === group) return
    this.#written = group
    this.#wide = []
    const view = new DataView(this.#space.buffer)
    const factor = this.#ensemble.scale / this.#background.nRows
    let nLeaves = 0
    let end = this.#space.byteOffset + this.#space.byteLength
    for (let t = group.begin; t < group.end; t++) {
      for (const leaf of eachLeaf(outlineTree(this.#ensemble, t))) {
        if (leaf.features.length > maxConditions) {
          this.#wide.push(leaf)
          continue
        }
        end -= leaf.features.length * backgroundSizes.condition
        writeConditions(leaf, new Uint32Array(this.#space.buffer, end))
        const at = this.#space.byteOffset + nLeaves * backgroundSizes.leaf
        view.setUint32(at, end, true)
        view.setUint32(at + 4, leaf.features.length, true)
        view.setFloat64(at + 8, leaf.value * factor, true)
        nLeaves++
      }
    }
    writeField(this.#job, backgroundJobFields, 'nLeaves', nLeaves)
  }
}

function bytesOf(outline: TreeOutline): number {
  const { leaf, condition } = backgroundSizes
  // A multiple of 16, so that conditions written from the end are aligned.
  const bytes = countConditions(outline).reduce((sum, n) => sum + leaf + (n > maxConditions ? 0 : n * condition), 0)
  return 16 * Math.ceil(bytes / 16)
}

function writeConditions({ features, sets }: LeafConditions, out: Uint32Array): void {
  features.forEach((feature, i) => {
    out[i * (SET_WORDS + 1)] = feature
    out.set(sets.subarray(i * SET_WORDS, (i + 1) * SET_WORDS), i * (SET_WORDS + 1) + 1)
  })
}

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
import { eachWideLeaf, type LeafConditions } from './leaf-conditions.ts'
import { shareOfOrders } from './orders.ts'
import { checkMemory, RowBlocks } from './row-blocks.ts'
import { groupTrees, TREE_BYTES, type TreeGroup } from './tree-groups.ts'
import { outlineTree } from './tree-outline.ts'
import { addWideLeaf, type BinnedRows } from './wide-leaf.ts'
import { backgroundTreeBytes, depthOf, writeBackgroundTree } from './write-background-tree.ts'

const { rowClass, frame, maxSlots } = backgroundSizes

/** Rows that go through a tree together: the more, the more are alike to a leaf; they and their values stay near. */
const MAX_CHUNK_ROWS = 1024
/** Memory for their classes, at most. */
const CLASS_BYTES = 2 ** 23
/** Leaves of so many features at most count background rows by their masks, and of no more masks than there are rows. */
const MAX_COUNTED_BITS = 16

/**
 * Interventional TreeSHAP, see `kernels/wasm/shap/interventional.ts`. Of a row and a tree only the leaves count that the row comes
 * to with the help of a background row; for each class of rows that meet the same features of a leaf's path, it takes
 * O(such background rows x features that they miss) once, and a row O(features of the path).
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
  readonly #trees: Uint32Array
  readonly #space: Uint8Array
  /** Leaves of the group that is written whose paths have more features than a mask has bits. */
  #wide: LeafConditions[] = []
  #written: TreeGroup | undefined

  /**
   * @param maxTreeBytes memory for trees; where they need more they are written in turns, for every block of rows
   * @throws EXPLANATION_TOO_LARGE when the memory would be, and for the background what `checkTable` and `matchColumns` throw
   */
  constructor(ensemble: TreeEnsemble, background: Table, maxTreeBytes = TREE_BYTES) {
    this.#ensemble = ensemble
    const { preparation, trees } = ensemble
    const { nRows } = background
    const nFeatures = preparation.length
    const sizes = Array.from({ length: trees.starts.length / 2 }, (_, t) => {
      const outline = outlineTree(ensemble, t)
      return { bytes: backgroundTreeBytes(outline), depth: depthOf(outline) }
    })
    this.#groups = groupTrees(
      sizes.map(({ bytes }) => bytes),
      maxTreeBytes,
    )
    const arena = new Arena()
    this.#blocks = new RowBlocks(preparation, arena, 0)
    const reserved = {
      job: arena.reserve(Uint32Array, backgroundJobFields.length),
      trees: arena.reserve(Uint32Array, trees.starts.length / 2),
      space: arena.reserve(
        Uint8Array,
        this.#groups.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 0),
      ),
      background: arena.reserve(Uint8Array, nRows * nFeatures),
      orders: arena.reserve(Float64Array, maxSlots ** 2),
    }
    const scratch = reserveScratch(arena, {
      nBackground: nRows,
      depth: sizes.reduce((most, { depth }) => Math.max(most, depth), 0),
    })
    checkMemory(arena)
    this.#kernels = instantiateKernels(arena.allocate())
    this.#blocks.bind(this.#kernels)
    this.#background = { bins: reserved.background(), nRows, width: nFeatures }
    this.#blocks.copy(background, this.#background.bins)
    const orders = reserved.orders()
    orders.forEach((_, at) => (orders[at] = shareOfOrders(Math.floor(at / maxSlots), at % maxSlots)))
    this.#job = reserved.job()
    this.#trees = reserved.trees()
    this.#space = reserved.space()
    writeRecord(this.#job, backgroundJobFields, {
      trees: this.#trees.byteOffset,
      nTrees: 0,
      rows: this.#blocks.rows.byteOffset,
      nRows: 0,
      nFeatures,
      values: this.#blocks.values.byteOffset,
      background: this.#background.bins.byteOffset,
      nBackground: nRows,
      orders: orders.byteOffset,
      ...scratch(),
    })
  }

  /** Contributions to the scaled sums of leaves, shape (nRows, nFeatures). */
  values(table: Table): Float64Array {
    const width = this.#ensemble.preparation.length
    const weight = { background: this.#background, factor: this.#factor }
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

  /** What the value of a leaf is multiplied by. */
  get #factor(): number {
    return this.#ensemble.scale / this.#background.nRows
  }

  /** Writes the trees of a group, unless they are there; those that are a leaf have nothing to say. */
  #write(group: TreeGroup): void {
    if (this.#written === group) return
    this.#written = group
    this.#wide = []
    let nTrees = 0
    let at = this.#space.byteOffset
    for (let t = group.begin; t < group.end; t++) {
      const outline = outlineTree(this.#ensemble, t)
      if (outline.splits.length === 0) continue
      this.#wide.push(...eachWideLeaf(outline, maxSlots))
      writeBackgroundTree(outline, this.#factor, this.#space.buffer, at)
      this.#trees[nTrees++] = at
      at += backgroundTreeBytes(outline)
    }
    writeField(this.#job, backgroundJobFields, 'nTrees', nTrees)
  }
}

/** Reserves what the kernel works in, for trees of so many splits on a path; what it gives are the fields of the job. */
function reserveScratch(arena: Arena, { nBackground, depth }: { nBackground: number; depth: number }) {
  const nWords = 2 * Math.ceil(nBackground / 128)
  const classBytes = rowClass + 8 * nWords
  const chunkRows = Math.max(1, Math.min(MAX_CHUNK_ROWS, Math.floor(CLASS_BYTES / (classBytes * (depth + 1)))))
  const maxCountedBits = Math.min(MAX_COUNTED_BITS, Math.floor(Math.log2(nBackground)))
  const views = {
    order: arena.reserve(Uint32Array, chunkRows),
    parted: arena.reserve(Uint32Array, chunkRows),
    classes: arena.reserve(Uint8Array, (depth + 1) * chunkRows * classBytes),
    frames: arena.reserve(Uint8Array, depth * frame),
    masks: arena.reserve(BigUint64Array, (depth + 1) * nBackground),
    sides: arena.reserve(BigUint64Array, 2 * depth * nWords),
    union: arena.reserve(BigUint64Array, nWords),
    features: arena.reserve(Uint32Array, maxSlots),
    shares: arena.reserve(Float64Array, maxSlots),
    counts: arena.reserve(Uint32Array, 2 ** maxCountedBits),
  }
  return () => ({
    nWords,
    chunkRows,
    maxCountedBits,
    order: views.order().byteOffset,
    parted: views.parted().byteOffset,
    classes: views.classes().byteOffset,
    frames: views.frames().byteOffset,
    masks: views.masks().byteOffset,
    sides: views.sides().byteOffset,
    union: views.union().byteOffset,
    features: views.features().byteOffset,
    shares: views.shares().byteOffset,
    counts: views.counts().byteOffset,
  })
}

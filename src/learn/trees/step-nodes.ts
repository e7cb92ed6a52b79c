import { MISSING_BIN, NODE_BYTES, nodeFlags, STEP_NODE_BYTES } from '../../kernels/index.ts'
import { countBins, type Preparation } from '../preparation.ts'
import type { Trees } from './trees.ts'

/** Trees as the evaluators want them: see `StepNode` in `kernels/wasm/evaluate.ts`. */
export type StepTrees = {
  nodes: Uint8Array
  /** Two numbers a tree: byte of its root, and 1 if it has category splits. */
  trees: Uint32Array
  /** 32 bytes each: a bit for each bin that goes right. */
  sets: Uint8Array
}

const SET_BYTES = 32

/** Turns nodes for reading into nodes for stepping. O(nodes). */
export function makeStepTrees(trees: Trees, preparation: Preparation): StepTrees {
  const { nodes, starts } = trees
  const nNodes = nodes.length / NODE_BYTES
  const nTrees = starts.length / 2
  const from = new DataView(nodes.buffer, nodes.byteOffset, nodes.byteLength)
  const out = new Uint8Array(nNodes * STEP_NODE_BYTES)
  const to = new DataView(out.buffer)
  const roots = new Uint32Array(2 * nTrees)
  const sets = new SetTable()
  for (let t = 0; t < nTrees; t++) {
    const root = starts[2 * t]
    const end = t + 1 < nTrees ? starts[2 * t + 2] : nNodes
    const hasCategories = someCategory(nodes, root, end)
    roots[2 * t] = root * STEP_NODE_BYTES
    roots[2 * t + 1] = hasCategories ? 1 : 0
    for (let i = root; i < end; i++) {
      const at = i * NODE_BYTES
      const step = i * STEP_NODE_BYTES
      const flags = nodes[at + 3]
      if (flags & nodeFlags.isLeaf) {
        to.setUint8(step + 2, MISSING_BIN)
        to.setUint32(step + 4, step, true)
        to.setFloat32(step + 12, from.getFloat32(at + 8, true), true)
        continue
      }
      const feature = from.getUint16(at, true)
      const bin = nodes[at + 2]
      const missingRight = (flags & nodeFlags.missingRight) !== 0
      to.setUint16(step, feature, true)
      to.setUint32(step + 4, (root + from.getUint32(at + 4, true)) * STEP_NODE_BYTES, true)
      // All bins one up puts the missing values, at 255, before the others.
      to.setUint8(step + 2, missingRight ? bin : bin + 1)
      to.setUint8(step + 3, missingRight ? 0 : 1)
      if (!hasCategories) continue
      const firstWord = starts[2 * t + 1] + from.getUint32(at + 8, true)
      const set =
        flags & nodeFlags.isCategory
          ? sets.addCategory(trees.sets.subarray(firstWord), countBins(preparation[feature]), missingRight)
          : sets.addNumber(bin, missingRight)
      to.setUint32(step + 8, set, true)
    }
  }
  return { nodes: out, trees: roots, sets: sets.bytes() }
}

function someCategory(nodes: Uint8Array, begin: number, end: number): boolean {
  for (let i = begin; i < end; i++) if (nodes[i * NODE_BYTES + 3] & nodeFlags.isCategory) return true
  return false
}

/** Sets of bins, each once if it comes from a number. The first is empty: in a leaf nothing goes right. */
class SetTable {
  readonly #sets: Uint8Array[] = [new Uint8Array(SET_BYTES)]
  readonly #numbers = new Map<number, number>()

  /** @returns byte at which the set begins */
  addNumber(bin: number, missingRight: boolean): number {
    const key = 2 * bin + (missingRight ? 1 : 0)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const at = this.#add((other) => (other === MISSING_BIN ? missingRight : other > bin))
    this.#numbers.set(key, at)
    return at
  }

  addCategory(words: Uint32Array, nBins: number, missingRight: boolean): number {
    return this.#add((bin) => {
      if (bin === MISSING_BIN) return missingRight
      return bin < nBins && ((words[bin >>> 5] >>> (bin & 31)) & 1) === 1
    })
  }

  bytes(): Uint8Array {
    const bytes = new Uint8Array(SET_BYTES * this.#sets.length)
    this.#sets.forEach((set, i) => bytes.set(set, SET_BYTES * i))
    return bytes
  }

  #add(isRight: (bin: number) => boolean): number {
    const set = new Uint8Array(SET_BYTES)
    for (let bin = 0; bin <= MISSING_BIN; bin++) if (isRight(bin)) set[bin >>> 3] |= 1 << (bin & 7)
    return SET_BYTES * (this.#sets.push(set) - 1)
  }
}

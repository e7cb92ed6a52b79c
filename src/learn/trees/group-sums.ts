import { forestFields, writeRecord, type Address, type Arena, type Kernels } from '../../kernels/index.ts'
import type { Preparation } from '../preparation.ts'
import { makeLeafMasks, reserveLeafMasks } from './leaf-masks.ts'
import { makeStepTrees } from './step-nodes.ts'
import type { Trees } from './trees.ts'

/** Sums the leaf values that rows of bins reach in one group of trees, in the order of the trees. */
export type GroupSums = {
  /** Of n rows, a float64 each; rows and `out` reach up to a multiple of eight. */
  ofRows(rows: Address, n: number, out: Address): void
  /** Equal to that of `ofRows`, bit for bit. */
  ofRow(row: Address): number
}

/**
 * Reserves room for groups of equally many trees, in the form that is evaluated fastest: small trees by masks of their leaves, others
 * by walking down.
 * @returns what writes them once the memory is there
 */
export function reserveGroupSums(
  arena: Arena,
  { trees, preparation, nGroups }: { trees: Trees; preparation: Preparation; nGroups: number },
): (kernels: Kernels) => GroupSums[] {
  const nTrees = trees.starts.length / 2 / nGroups
  const groups = Array.from({ length: nGroups }, (_, group) =>
    makeLeafMasks(trees, preparation, { begin: group * nTrees, end: (group + 1) * nTrees }),
  )
  if (!groups.every((blocks) => blocks !== undefined)) return reserveSteps(arena, { trees, preparation, nGroups })
  const writers = groups.map((blocks) => reserveLeafMasks(arena, blocks, preparation.length))
  return (kernels) =>
    writers.map((write) => {
      const masks = write()
      return {
        ofRows: (rows, n, out) => kernels.sumByMasks(masks, rows, n, out),
        ofRow: (row) => kernels.sumRowByMasks(masks, row),
      }
    })
}

function reserveSteps(
  arena: Arena,
  { trees, preparation, nGroups }: { trees: Trees; preparation: Preparation; nGroups: number },
): (kernels: Kernels) => GroupSums[] {
  const step = makeStepTrees(trees, preparation)
  const records = Array.from({ length: nGroups }, () => arena.reserve(Uint32Array, forestFields.length))
  const nodes = arena.reserve(Uint8Array, step.nodes.length)
  const roots = arena.reserve(Uint32Array, step.trees.length)
  const sets = arena.reserve(Uint8Array, step.sets.length)
  return (kernels) => {
    nodes().set(step.nodes)
    roots().set(step.trees)
    sets().set(step.sets)
    const groupBytes = step.trees.byteLength / nGroups
    return records.map((record, group) => {
      writeRecord(record(), forestFields, {
        nodes: nodes().byteOffset,
        trees: roots().byteOffset + group * groupBytes,
        nTrees: step.trees.length / 2 / nGroups,
        sets: sets().byteOffset,
        stride: preparation.length,
      })
      const forest = record().byteOffset
      return {
        ofRows: (rows, n, out) => kernels.evaluateRows(forest, rows, n, out),
        ofRow: (row) => kernels.evaluateRow(forest, row),
      }
    })
  }
}

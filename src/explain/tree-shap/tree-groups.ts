import { slotBytes, treeBytes, type TreeSize } from './write-tree.ts'

/** Trees that are in memory together. */
export type TreeGroup = { begin: number; end: number }

/** Cuts the trees into runs of at most this many bytes; a larger tree stands alone. */
export function groupTrees(sizes: readonly TreeSize[], maxBytes: number): TreeGroup[] {
  const groups: TreeGroup[] = []
  let bytes = 0
  sizes.forEach((size, t) => {
    bytes += treeBytes(size)
    if (t === 0 || bytes > maxBytes) {
      groups.push({ begin: t, end: t })
      bytes = treeBytes(size)
    }
    groups.at(-1)!.end = t + 1
  })
  return groups
}

/** Bytes of the largest group. */
export function largestGroup(sizes: readonly TreeSize[], groups: readonly TreeGroup[]): number {
  const bytes = groups.map(({ begin, end }) => sizes.slice(begin, end).reduce((sum, size) => sum + treeBytes(size), 0))
  return Math.max(0, ...bytes)
}

/** Elements of the scratch that any tree fits. */
export function largestScratch(sizes: readonly TreeSize[]): { slotBytes: number; nSlotBytes: number; nSplits: number } {
  const largest = { slotBytes: 0, nSlotBytes: 0, nSplits: 0 }
  for (const size of sizes) {
    largest.slotBytes = Math.max(largest.slotBytes, slotBytes(size))
    largest.nSlotBytes = Math.max(largest.nSlotBytes, size.nNodes * slotBytes(size))
    largest.nSplits = Math.max(largest.nSplits, size.nSplits)
  }
  return largest
}

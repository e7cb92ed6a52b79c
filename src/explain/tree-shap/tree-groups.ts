/** Trees that are in memory together. */
export type TreeGroup = { begin: number; end: number; sizeBytes: number }

/** Memory for trees: 500 of 3,000 nodes stay in it. */
export const TREE_BYTES = 2 ** 26

/** Cuts the trees, given their bytes, into runs of at most so many; a larger tree stands alone. */
export function groupTrees(treeBytes: readonly number[], maxBytes: number): TreeGroup[] {
  const groups: TreeGroup[] = []
  treeBytes.forEach((bytes, t) => {
    let group = groups.at(-1)
    if (!group || group.sizeBytes + bytes > maxBytes) groups.push((group = { begin: t, end: t, sizeBytes: 0 }))
    group.end = t + 1
    group.sizeBytes += bytes
  })
  return groups
}

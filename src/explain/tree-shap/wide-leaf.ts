import type { LeafConditions } from './leaf-conditions.ts'
import { shareOfOrders } from './orders.ts'
import { SET_WORDS } from './tree-outline.ts'

/** Rows of bins, one after another, `width` bytes each. */
export type BinnedRows = { bins: Uint8Array; nRows: number; width: number }

/**
 * Adds the contributions of one leaf against background rows, as `kernels/wasm/shap/interventional.ts`, for any number of
 * conditions: the kernel's masks have room for 64. O(rows x background rows x conditions).
 * @param factor the leaf's value is multiplied by it
 * @param values shape (rows, width), added to
 */
export function addWideLeaf(
  leaf: LeafConditions,
  rows: BinnedRows,
  { background, factor }: { background: BinnedRows; factor: number },
  values: Float64Array,
): void {
  const others = Array.from({ length: background.nRows }, (_, b) => conditionsMet(leaf, background, b))
  for (let row = 0; row < rows.nRows; row++) {
    const own = conditionsMet(leaf, rows, row)
    const lost = own.filter((met) => !met).length
    for (const other of others) {
      if (own.some((met, i) => !met && !other[i])) continue
      const gained = own.filter((met, i) => met && !other[i]).length
      leaf.features.forEach((feature, i) => {
        const at = row * rows.width + feature
        if (!own[i]) values[at] -= factor * leaf.value * shareOfOrders(gained, lost - 1)
        else if (!other[i]) values[at] += factor * leaf.value * shareOfOrders(gained - 1, lost)
      })
    }
  }
}

function conditionsMet({ features, sets }: LeafConditions, { bins, width }: BinnedRows, row: number): boolean[] {
  return features.map((feature, i) => {
    const bin = bins[row * width + feature]
    return ((sets[i * SET_WORDS + (bin >>> 5)] >>> (bin & 31)) & 1) === 1
  })
}

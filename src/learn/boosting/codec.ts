import { binaryTreeCodec, finiteBase } from '../trees/models/tree-codec.ts'
import type { Trees } from '../trees/trees.ts'
import { BoostedTrees } from './boosted-trees.ts'
import { resolveBoostingOptions, type BoostingOptions } from './options.ts'

/** What bytes of boosted trees have in common, whatever the task. */
export const boostedFormat = {
  algorithm: 'gradient_boosting',
  /** Fewer than the options say where training ended early. */
  countTrees: ({ nTrees }: { nTrees: number }) => nTrees,
  isLeafValue: (value: number) => Number.isFinite(value),
}

/** What the header says of boosted trees besides: what was learned, and how many trees there are. */
export function boostedHeader<Learned extends object>(fitted: {
  trees: Trees
  learned(): Learned
}): Learned & { nTrees: number } {
  return { ...fitted.learned(), nTrees: fitted.trees.starts.length / 2 }
}

/** The bytes of gradient boosting for two classes. */
export const boostingCodec = binaryTreeCodec<BoostingOptions, { baseScore: number; nTrees: number }, BoostedTrees>({
  ...boostedFormat,
  resolveOptions: resolveBoostingOptions,
  ownHeader: boostedHeader,
  restore: (parts, { baseScore }) => new BoostedTrees(parts, finiteBase(baseScore)),
})

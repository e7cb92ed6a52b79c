import type { Algorithm } from '../../model/algorithm.ts'
import type { MulticlassData } from '../../model/other-tasks/training-data.ts'
import { MulticlassTreeModel } from '../../trees/models/tree-model.ts'
import type { BoostingOptions } from '../options.ts'
import type { BoostedClasses } from './boosted-classes.ts'
import { boostingMulticlassCodec } from './codec.ts'
import { GradientBoostingMulticlass } from './gradient-boosting-multiclass.ts'
import { resolveMulticlassOptions } from './options.ts'

/** Gradient boosting, as `trainMulticlass` knows it. */
export const boostingMulticlassAlgorithm: Algorithm<
  BoostingOptions,
  MulticlassTreeModel<BoostedClasses>,
  MulticlassData
> = {
  resolveOptions: resolveMulticlassOptions,

  async train({ target, ...rows }, options, hooks) {
    const boosted = await new GradientBoostingMulticlass(options).fit(rows, hooks)
    return new MulticlassTreeModel('gradient_boosting', { target, classes: rows.classes }, boosted)
  },

  codec: boostingMulticlassCodec,
  takesBinned: true,
}

import type { Algorithm } from '../../model/algorithm.ts'
import type { MulticlassData } from '../../model/other-tasks/training-data.ts'
import { columnsOf } from '../../trees/columns.ts'
import type { BoostingOptions } from '../options.ts'
import { BoostingMulticlassModel } from './boosting-multiclass-model.ts'
import { boostingMulticlassCodec } from './codec.ts'
import { GradientBoostingMulticlass } from './gradient-boosting-multiclass.ts'
import { resolveMulticlassOptions } from './options.ts'

/** Gradient boosting, as `trainMulticlass` knows it. */
export const boostingMulticlassAlgorithm: Algorithm<BoostingOptions, BoostingMulticlassModel, MulticlassData> = {
  resolveOptions: resolveMulticlassOptions,

  async train({ target, ...rows }, options, hooks) {
    const boosted = await new GradientBoostingMulticlass(options).fit(rows, hooks)
    return new BoostingMulticlassModel({ columns: columnsOf(boosted.preparation), target }, rows.classes, boosted)
  },

  codec: boostingMulticlassCodec,
}

import type { Algorithm } from '../../model/algorithm.ts'
import type { RegressionData } from '../../model/other-tasks/training-data.ts'
import { columnsOf } from '../../trees/columns.ts'
import { BoostingRegressionModel } from './boosting-regression-model.ts'
import { boostingRegressionCodec } from './codec.ts'
import { GradientBoostingRegressor } from './gradient-boosting-regressor.ts'
import { resolveRegressionOptions, type BoostingRegressionOptions } from './options.ts'

/** Gradient boosting, as `trainRegression` knows it. */
export const boostingRegressionAlgorithm: Algorithm<
  BoostingRegressionOptions,
  BoostingRegressionModel,
  RegressionData
> = {
  resolveOptions: resolveRegressionOptions,

  async train({ target, ...rows }, options, hooks) {
    const boosted = await new GradientBoostingRegressor(options).fit(rows, hooks)
    return new BoostingRegressionModel({ columns: columnsOf(boosted.preparation), target }, boosted)
  },

  codec: boostingRegressionCodec,
}

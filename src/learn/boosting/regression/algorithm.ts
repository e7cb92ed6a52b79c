import type { Algorithm } from '../../model/algorithm.ts'
import type { RegressionData } from '../../model/other-tasks/training-data.ts'
import { RegressionTreeModel } from '../../trees/models/tree-model.ts'
import type { BoostedRegression } from './boosted-regression.ts'
import { boostingRegressionCodec } from './codec.ts'
import { GradientBoostingRegressor } from './gradient-boosting-regressor.ts'
import { resolveRegressionOptions, type BoostingRegressionOptions } from './options.ts'

/** Gradient boosting, as `trainRegression` knows it. */
export const boostingRegressionAlgorithm: Algorithm<
  BoostingRegressionOptions,
  RegressionTreeModel<BoostedRegression>,
  RegressionData
> = {
  resolveOptions: resolveRegressionOptions,

  async train({ target, ...rows }, options, hooks) {
    const boosted = await new GradientBoostingRegressor(options).fit(rows, hooks)
    return new RegressionTreeModel('gradient_boosting', { target }, boosted)
  },

  codec: boostingRegressionCodec,
  takesBinned: true,
}

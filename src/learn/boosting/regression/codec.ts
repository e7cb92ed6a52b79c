import { finiteBase, regressionTreeCodec } from '../../trees/models/tree-codec.ts'
import { boostedFormat, boostedHeader } from '../codec.ts'
import { BoostedRegression } from './boosted-regression.ts'
import { resolveRegressionOptions, type BoostingRegressionOptions } from './options.ts'

/** The bytes of gradient boosting of a number. */
export const boostingRegressionCodec = regressionTreeCodec<
  BoostingRegressionOptions,
  { baseScore: number; nTrees: number },
  BoostedRegression
>({
  ...boostedFormat,
  resolveOptions: resolveRegressionOptions,
  ownHeader: boostedHeader,
  restore: (parts, { baseScore }) => new BoostedRegression(parts, finiteBase(baseScore)),
})

import { modelBytesInvalid, type EncodedModel, type ModelCodec, type ModelHeader } from '../../model/codec.ts'
import { readTrees, treeHeader, treeParts, type TreeHeader } from '../../trees/body.ts'
import { columnsOf } from '../../trees/columns.ts'
import { BoostedRegression } from './boosted-regression.ts'
import { BoostingRegressionModel } from './boosting-regression-model.ts'
import { resolveRegressionOptions, type FittedRegressionOptions } from './options.ts'

type Header = ModelHeader & {
  target: string
  options: FittedRegressionOptions
  /** A float64, as JSON writes numbers: exactly. */
  baseScore: number
  /** Fewer than the options say where training ended early. */
  nTrees: number
} & TreeHeader

/** The bytes of gradient boosting of a number: as those for two classes, under a name of their own. */
export const boostingRegressionCodec: ModelCodec<BoostingRegressionModel> = {
  algorithm: 'gradient_boosting.regression',
  accepts: (model): model is BoostingRegressionModel => model instanceof BoostingRegressionModel,

  encode(model): EncodedModel {
    const { preparation, options, trees, baseScore } = model.boosted
    const { nThreads: _, ...ordered } = resolveRegressionOptions(options)
    const header: Header = {
      algorithm: this.algorithm,
      target: model.signature.target,
      options: ordered,
      baseScore,
      nTrees: trees.starts.length / 2,
      ...treeHeader(preparation, trees),
    }
    return { header, parts: treeParts(preparation, trees) }
  },

  decode(given, body) {
    const header = given as Header
    const { nThreads: _, ...options } = resolveRegressionOptions(header.options)
    const { baseScore } = header
    if (!Number.isFinite(baseScore)) throw modelBytesInvalid(`the base score ${baseScore}`, 'a finite number')
    const { preparation, trees } = readTrees(header, body, header.nTrees, Number.isFinite)
    return new BoostingRegressionModel(
      { columns: columnsOf(preparation), target: header.target },
      new BoostedRegression(preparation, options, trees, baseScore),
    )
  },
}

import { modelBytesInvalid, type EncodedModel, type ModelCodec, type ModelHeader } from '../../model/codec.ts'
import { readTrees, treeHeader, treeParts, type TreeHeader } from '../../trees/body.ts'
import { columnsOf } from '../../trees/columns.ts'
import type { FittedBoostingOptions } from '../boosted-trees.ts'
import { BoostedClasses } from './boosted-classes.ts'
import { BoostingMulticlassModel } from './boosting-multiclass-model.ts'
import { resolveMulticlassOptions } from './options.ts'

type Header = ModelHeader & {
  target: string
  classes: readonly string[]
  options: FittedBoostingOptions
  /** One float32 a class, as JSON writes numbers: exactly. */
  baseScores: readonly number[]
  /** Of all classes, class by class. */
  nTrees: number
} & TreeHeader

/** The bytes of gradient boosting of several classes: as those for two, under a name of their own. */
export const boostingMulticlassCodec: ModelCodec<BoostingMulticlassModel> = {
  algorithm: 'gradient_boosting.multiclass',
  accepts: (model): model is BoostingMulticlassModel => model instanceof BoostingMulticlassModel,

  encode(model): EncodedModel {
    const { preparation, options, trees, baseScores } = model.boosted
    const { nThreads: _, ...ordered } = resolveMulticlassOptions(options)
    const header: Header = {
      algorithm: this.algorithm,
      target: model.signature.target,
      classes: model.classes,
      options: ordered,
      baseScores,
      nTrees: trees.starts.length / 2,
      ...treeHeader(preparation, trees),
    }
    return { header, parts: treeParts(preparation, trees) }
  },

  decode(given, body) {
    const header = given as Header
    const { nThreads: _, ...options } = resolveMulticlassOptions(header.options)
    const { baseScores, classes, nTrees } = header
    if (baseScores.length !== classes.length || !baseScores.every(Number.isFinite)) {
      throw modelBytesInvalid(`the base scores ${baseScores.join(', ')}`, `${classes.length} finite numbers`)
    }
    if (nTrees % classes.length !== 0) throw modelBytesInvalid(`${nTrees} trees`, `a multiple of ${classes.length}`)
    const { preparation, trees } = readTrees(header, body, nTrees, Number.isFinite)
    const signature = { columns: columnsOf(preparation), target: header.target }
    return new BoostingMulticlassModel(signature, classes, new BoostedClasses(preparation, options, trees, baseScores))
  },
}

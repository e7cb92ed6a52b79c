import { modelBytesInvalid, type EncodedModel, type ModelCodec, type ModelHeader } from '../model/codec.ts'
import type { AnyModel } from '../model/any-model.ts'
import { readTrees, treeHeader, treeParts, type TreeHeader } from '../trees/body.ts'
import { signatureOf } from '../trees/columns.ts'
import { BoostedTrees, type FittedBoostingOptions } from './boosted-trees.ts'
import { BoostingModel } from './boosting-model.ts'
import { resolveBoostingOptions } from './options.ts'

type Header = ModelHeader & {
  target: string
  positive: string
  options: FittedBoostingOptions
  /** A float32, as JSON writes numbers: exactly. */
  baseScore: number
  /** Fewer than the options say where training ended early. */
  nTrees: number
} & TreeHeader

/** The bytes of gradient boosting: options, base score and columns in the header, see `trees/body.ts` for the rest. */
export const boostingCodec: ModelCodec<BoostingModel> = {
  algorithm: 'gradient_boosting',
  accepts: (model: AnyModel): model is BoostingModel => model instanceof BoostingModel,

  encode(model): EncodedModel {
    const { preparation, options, trees, baseScore } = model.boosted
    const { nThreads: _, ...ordered } = resolveBoostingOptions(options)
    const header: Header = {
      algorithm: model.algorithm,
      target: model.signature.target,
      positive: model.signature.positive,
      options: ordered,
      baseScore,
      nTrees: trees.starts.length / 2,
      ...treeHeader(preparation, trees),
    }
    return { header, parts: treeParts(preparation, trees) }
  },

  decode(given, body) {
    const header = given as Header
    const { nThreads: _, ...options } = resolveBoostingOptions(header.options)
    const { baseScore } = header
    if (!Number.isFinite(baseScore)) throw modelBytesInvalid(`the base score ${baseScore}`, 'a finite number')
    const { preparation, trees } = readTrees(header, body, header.nTrees, Number.isFinite)
    return new BoostingModel(
      signatureOf(preparation, header.target, header.positive),
      new BoostedTrees(preparation, options, trees, baseScore),
    )
  },
}

import { NODE_BYTES } from '../../kernels/index.ts'
import type { EncodedModel, ModelCodec, ModelHeader } from '../model/codec.ts'
import type { AnyModel } from '../model/any-model.ts'
import { readTrees, treeParts, type TreeHeader } from '../trees/body.ts'
import { columnHeaders, signatureOf } from '../trees/columns.ts'
import { ForestModel } from './forest-model.ts'
import { Forest, type FittedForestOptions } from './forest.ts'
import { resolveForestOptions } from './options.ts'

type Header = ModelHeader & { target: string; positive: string; options: FittedForestOptions } & TreeHeader

/** The bytes of a random forest: options and columns in the header, see `trees/body.ts` for the rest. */
export const forestCodec: ModelCodec<ForestModel> = {
  algorithm: 'random_forest',
  accepts: (model: AnyModel): model is ForestModel => model instanceof ForestModel,

  encode(model): EncodedModel {
    const { preparation, trees } = model.forest
    return { header: headerOf(model), parts: treeParts(preparation, trees) }
  },

  decode(given, body) {
    const header = given as Header
    const { nThreads: _, ...options } = resolveForestOptions(header.options)
    const { preparation, trees } = readTrees(header, body, options.nTrees, (value) => value >= 0 && value <= 1)
    return new ForestModel(
      signatureOf(preparation, header.target, header.positive),
      new Forest(preparation, options, trees),
    )
  },
}

function headerOf(model: ForestModel): Header {
  const { preparation, options, trees } = model.forest
  const { nTrees, maxFeatures, minSamplesLeaf, maxDepth, maxBins, seed } = options
  return {
    algorithm: model.algorithm,
    target: model.signature.target,
    positive: model.signature.positive,
    options: { nTrees, maxFeatures, minSamplesLeaf, maxDepth, maxBins, seed },
    columns: columnHeaders(preparation),
    nSetWords: trees.sets.length,
    nNodes: trees.nodes.length / NODE_BYTES,
  }
}

import type { ModelCodec, ModelHeader } from '../model/codec.ts'
import { readTrees, treeHeader, treeParts, type TreeHeader } from '../trees/body.ts'
import { signatureOf } from '../trees/columns.ts'
import { forestKinds, type ForestName } from './forest-kinds.ts'
import { ForestModel } from './forest-model.ts'
import { Forest, type FittedForestOptions } from './forest.ts'

type Header = ModelHeader & { target: string; positive: string; options: FittedForestOptions } & TreeHeader

/** The bytes of a forest of this kind: options and columns in the header, see `trees/body.ts` for the rest. */
function createForestCodec(algorithm: ForestName): ModelCodec<ForestModel> {
  const { resolveOptions } = forestKinds[algorithm]
  return {
    algorithm,
    accepts: (model): model is ForestModel => model instanceof ForestModel && model.algorithm === algorithm,

    encode(model) {
      const { preparation, options: given, trees } = model.forest
      const { target, positive } = model.signature
      const { nThreads: _, ...options } = resolveOptions(given)
      const header: Header = { algorithm, target, positive, options, ...treeHeader(preparation, trees) }
      return { header, parts: treeParts(preparation, trees) }
    },

    decode(given, body) {
      const header = given as Header
      const { nThreads: _, ...options } = resolveOptions(header.options)
      const { preparation, trees } = readTrees(header, body, options.nTrees, (value) => value >= 0 && value <= 1)
      const signature = signatureOf(preparation, header.target, header.positive)
      return new ForestModel(algorithm, signature, new Forest(preparation, options, trees))
    },
  }
}

export const randomForestCodec = createForestCodec('random_forest')
export const extraTreesCodec = createForestCodec('extra_trees')

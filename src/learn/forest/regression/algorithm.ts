import type { Algorithm } from '../../model/algorithm.ts'
import { modelBytesInvalid, type ModelCodec, type ModelHeader } from '../../model/codec.ts'
import type { RegressionData } from '../../model/other-tasks/training-data.ts'
import { readTrees, treeHeader, treeParts, type TreeHeader } from '../../trees/body.ts'
import { columnsOf } from '../../trees/columns.ts'
import { forestKinds, type ForestName, type OptionsOfForest } from '../forest-kinds.ts'
import type { FittedForestOptions } from '../forest.ts'
import { ForestRegressionModel } from './forest-regression-model.ts'
import { ForestRegression } from './forest-regression.ts'
import { ForestRegressor } from './forest-regressor.ts'

type Header = ModelHeader & {
  target: string
  options: FittedForestOptions
  /** A float64, as JSON writes numbers: exactly. */
  baseScore: number
} & TreeHeader

/** The bytes of a forest for a number: as those for two classes, under a name of their own. */
function createCodec(algorithm: ForestName): ModelCodec<ForestRegressionModel> {
  const { resolveOptions } = forestKinds[algorithm]
  const name = `${algorithm}.regression`
  return {
    algorithm: name,
    accepts: (model): model is ForestRegressionModel =>
      model instanceof ForestRegressionModel && model.algorithm === algorithm,

    encode({ forest, signature: { target } }) {
      const { preparation, trees, baseScore } = forest
      const { nThreads: _, ...options } = resolveOptions(forest.options)
      const header: Header = { algorithm: name, target, options, baseScore, ...treeHeader(preparation, trees) }
      return { header, parts: treeParts(preparation, trees) }
    },

    decode(given, body) {
      const header = given as Header
      const { nThreads: _, ...options } = resolveOptions(header.options)
      const { baseScore, target } = header
      if (!Number.isFinite(baseScore)) throw modelBytesInvalid(`the base score ${baseScore}`, 'a finite number')
      const { preparation, trees } = readTrees(header, body, options.nTrees, Number.isFinite)
      const forest = new ForestRegression(preparation, options, trees, baseScore)
      return new ForestRegressionModel(algorithm, { columns: columnsOf(preparation), target }, forest)
    },
  }
}

function createAlgorithm<Name extends ForestName>(
  name: Name,
): Algorithm<OptionsOfForest<Name>, ForestRegressionModel, RegressionData> {
  return {
    resolveOptions: forestKinds[name].resolveOptions as (
      given: Partial<OptionsOfForest<Name>>,
    ) => OptionsOfForest<Name>,

    async train({ target, ...rows }, options, hooks) {
      const forest = await new ForestRegressor(name, options).fit(rows, hooks)
      return new ForestRegressionModel(name, { columns: columnsOf(forest.preparation), target }, forest)
    },

    codec: createCodec(name),
  }
}

/** Forests, as `trainRegression` knows them. */
export const randomForestRegressionAlgorithm = createAlgorithm('random_forest')
export const extraTreesRegressionAlgorithm = createAlgorithm('extra_trees')

import type { Algorithm } from '../../model/algorithm.ts'
import { modelBytesInvalid, type ModelCodec, type ModelHeader } from '../../model/codec.ts'
import type { MulticlassData } from '../../model/other-tasks/training-data.ts'
import { readTrees, treeHeader, treeParts, type TreeHeader } from '../../trees/body.ts'
import { columnsOf } from '../../trees/columns.ts'
import { forestKinds, type ForestName, type OptionsOfForest } from '../forest-kinds.ts'
import type { FittedForestOptions } from '../forest.ts'
import { ForestClasses } from './forest-classes.ts'
import { ForestMulticlassModel } from './forest-multiclass-model.ts'
import { ForestMulticlass } from './forest-multiclass.ts'

type Header = ModelHeader & {
  target: string
  classes: readonly string[]
  options: FittedForestOptions
} & TreeHeader

const isShare = (value: number): boolean => value >= 0 && value <= 1

/** The bytes of a forest for several classes: as those for two classes, under a name of their own. */
function createCodec(algorithm: ForestName): ModelCodec<ForestMulticlassModel> {
  const { resolveOptions } = forestKinds[algorithm]
  const name = `${algorithm}.multiclass`
  return {
    algorithm: name,
    accepts: (model): model is ForestMulticlassModel =>
      model instanceof ForestMulticlassModel && model.algorithm === algorithm,

    encode({ forest, classes, signature: { target } }) {
      const { preparation, trees } = forest
      const { nThreads: _, ...options } = resolveOptions(forest.options)
      const header: Header = { algorithm: name, target, classes, options, ...treeHeader(preparation, trees) }
      return { header, parts: treeParts(preparation, trees) }
    },

    decode(given, body) {
      const header = given as Header
      const { nThreads: _, ...options } = resolveOptions(header.options)
      const { classes, target } = header
      if (classes.length < 2) throw modelBytesInvalid(`${classes.length} classes`, 'at least 2')
      const { preparation, trees } = readTrees(header, body, options.nTrees * classes.length, isShare)
      const forest = new ForestClasses(preparation, options, trees, classes.length)
      return new ForestMulticlassModel(algorithm, { columns: columnsOf(preparation), target }, classes, forest)
    },
  }
}

function createAlgorithm<Name extends ForestName>(
  name: Name,
): Algorithm<OptionsOfForest<Name>, ForestMulticlassModel, MulticlassData> {
  return {
    resolveOptions: forestKinds[name].resolveOptions as (
      given: Partial<OptionsOfForest<Name>>,
    ) => OptionsOfForest<Name>,

    async train({ target, ...rows }, options, hooks) {
      const forest = await new ForestMulticlass(name, options).fit(rows, hooks)
      return new ForestMulticlassModel(name, { columns: columnsOf(forest.preparation), target }, rows.classes, forest)
    },

    codec: createCodec(name),
  }
}

/** Forests, as `trainMulticlass` knows them. */
export const randomForestMulticlassAlgorithm = createAlgorithm('random_forest')
export const extraTreesMulticlassAlgorithm = createAlgorithm('extra_trees')

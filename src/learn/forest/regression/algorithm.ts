import type { RegressionData } from '../../model/other-tasks/training-data.ts'
import { RegressionTreeModel } from '../../trees/models/tree-model.ts'
import { createForestAlgorithm } from '../forest-algorithm.ts'
import type { ForestName } from '../forest-kinds.ts'
import { forestRegressionCodec } from './codec.ts'
import { ForestRegressor } from './forest-regressor.ts'

const createAlgorithm = <Name extends ForestName>(name: Name) =>
  createForestAlgorithm(name, {
    async train({ target, ...rows }: RegressionData, options, hooks) {
      return new RegressionTreeModel(name, { target }, await new ForestRegressor(name, options).fit(rows, hooks))
    },

    codec: forestRegressionCodec(name),
  })

/** Forests, as `trainRegression` knows them. */
export const randomForestRegressionAlgorithm = createAlgorithm('random_forest')
export const extraTreesRegressionAlgorithm = createAlgorithm('extra_trees')

import type { MulticlassData } from '../../model/other-tasks/training-data.ts'
import { MulticlassTreeModel } from '../../trees/models/tree-model.ts'
import { createForestAlgorithm } from '../forest-algorithm.ts'
import type { ForestName } from '../forest-kinds.ts'
import { forestMulticlassCodec } from './codec.ts'
import { ForestMulticlass } from './forest-multiclass.ts'

const createAlgorithm = <Name extends ForestName>(name: Name) =>
  createForestAlgorithm(name, {
    async train({ target, ...rows }: MulticlassData, options, hooks) {
      const forest = await new ForestMulticlass(name, options).fit(rows, hooks)
      return new MulticlassTreeModel(name, { target, classes: rows.classes }, forest)
    },

    codec: forestMulticlassCodec(name),
  })

/** Forests, as `trainMulticlass` knows them. */
export const randomForestMulticlassAlgorithm = createAlgorithm('random_forest')
export const extraTreesMulticlassAlgorithm = createAlgorithm('extra_trees')

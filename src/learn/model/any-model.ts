import type { Model } from './model.ts'
import type { MulticlassModel } from './other-tasks/multiclass-model.ts'
import type { RegressionModel } from './other-tasks/regression-model.ts'

/** A model of any task; `task` tells which, and is absent where a score says how likely the positive of two classes is. */
export type AnyModel = Model | RegressionModel | MulticlassModel

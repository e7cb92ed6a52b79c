export { Forest, type FittedForestOptions } from './forest/forest.ts'
export type { ForestOptions } from './forest/options.ts'
export { RandomForestClassifier, type TrainHooks } from './forest/random-forest-classifier.ts'
export * from './metrics/index.ts'
export { loadModel, serialiseModel } from './model/format.ts'
export { trainModel, type Model, type Signature, type TrainInput } from './model/model.ts'
export { checkOption, seedRule, type OptionRule } from './options.ts'
export { createRandom, shuffle, type Random } from './random.ts'
export { stratifiedHoldOut, stratifiedKFold, stratifiedSample } from './splits.ts'
export {
  checkTable,
  columnLength,
  takeRows,
  type CategoryColumn,
  type Column,
  type NumberColumn,
  type Progress,
  type Table,
} from './table.ts'

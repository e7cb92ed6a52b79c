export { CalibratedModel } from './calibration/calibrated-model.ts'
export { calibrate, calibrationKinds, fitCalibration, type Calibration } from './calibration/calibration.ts'
export { daysOfIsoDate, isoDateOfDays } from './dates.ts'
export { GradientBoostingClassifier } from './boosting/gradient-boosting.ts'
export type { BoostingOptions } from './boosting/options.ts'
export { Forest, type FittedForestOptions } from './forest/forest.ts'
export type { ForestOptions } from './forest/options.ts'
export { RandomForestClassifier } from './forest/random-forest-classifier.ts'
export { LogisticRegression } from './linear/logistic-regression.ts'
export type { LogisticRegressionOptions } from './linear/options.ts'
export * from './metrics/index.ts'
export { loadModel, serialiseModel } from './model/format.ts'
export { algorithmNames, algorithms, type AlgorithmName, type AlgorithmOptions } from './model/algorithms.ts'
export type { TrainingData } from './model/algorithm.ts'
export type { Model, Signature } from './model/model.ts'
export { trainModel, type TrainInput } from './model/train-model.ts'
export { checkOption, seedRule, type OptionRule } from './options.ts'
export { countBins, type Preparation } from './preparation.ts'
export { createRandom, shuffle, type Random } from './random.ts'
export { groupHoldOut, groupKFold } from './splits/by-group.ts'
export { timeFolds, timeHoldOut } from './splits/by-time.ts'
export { repeatedStratifiedKFold } from './splits/repeated.ts'
export { splitsOfFolds, type Split } from './splits/split.ts'
export { stratifiedHoldOut, stratifiedKFold, stratifiedSample } from './splits/stratified.ts'
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
export type { CurvePoint, TrainHooks } from './train-hooks.ts'
export { treeEnsembleOf, type TreeEnsemble } from './trees/ensemble.ts'
export { TreeEvaluator } from './trees/evaluator.ts'
export { readNode, type Trees } from './trees/trees.ts'
export { compareTimeSplit, type ScoredTest, type TimeSplitComparison } from './traps/compare-time-split.ts'
export { findTraps } from './traps/find-traps.ts'
export { findIdentifiers } from './traps/identifiers.ts'
export { trapCodes, type Trap, type TrapCode, type TrapInput } from './traps/trap.ts'

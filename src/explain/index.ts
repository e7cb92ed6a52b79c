export { summariseContributions, type ContributionSummary } from './contribution-summary.ts'
export {
  backgroundMeans,
  createExplainer,
  explanationMethod,
  type Explainer,
  type ExplainerOptions,
  type ExplanationMethod,
} from './create-explainer.ts'
export { partialDependence, type DependenceInput, type PartialDependence } from './dependence/partial-dependence.ts'
export type { Explanation } from './explanation.ts'
export type { ExplainHooks } from './hooks.ts'
export { permutationImportance, type Importance, type ImportanceInput } from './permutation-importance.ts'
export { scoreOfRaw } from './score-of-raw.ts'
export { studentTwoSided } from './student-t.ts'
export { TreeExplainer, type TreeExplainerOptions } from './tree-shap/tree-explainer.ts'

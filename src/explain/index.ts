export type { Explanation } from './explanation.ts'
export {
  permutationImportance,
  type Importance,
  type ImportanceHooks,
  type ImportanceInput,
} from './permutation-importance.ts'
export { studentTwoSided } from './student-t.ts'
export { TreeExplainer, type ExplainHooks, type TreeExplainerOptions } from './tree-shap/tree-explainer.ts'

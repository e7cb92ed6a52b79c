export {
  permutationImportance,
  type Importance,
  type ImportanceHooks,
  type ImportanceInput,
} from './permutation-importance.ts'
export { studentTwoSided } from './student-t.ts'

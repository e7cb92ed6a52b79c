import { TreeExplainer } from '../../src/explain/index.ts'
import { takeRows, treeEnsembleOf, type AnyModel, type Table, type TreeEnsemble } from '../../src/learn/index.ts'

/** Interactions take time and room by the square of the columns. */
const MAX_INTERACTING = 6
const TOLERANCE = 1e-9

/**
 * Explains some rows in both ways. Contributions that do not add up to the raw score are refused by the explainer itself; here
 * those that are not numbers are looked for, and interactions that do not add up to the contributions.
 */
export function findExplanationFault(model: AnyModel, table: Table): string | undefined {
  const ensemble = 'task' in model && model.task !== undefined ? undefined : treeEnsembleOf(model)
  if (!ensemble) return undefined
  const rows = takeRows(table, Int32Array.of(0, 3, 7))
  const background = takeRows(table, Int32Array.of(1, 2, 4, 5))
  for (const options of [{}, { background }]) {
    const { values } = new TreeExplainer(ensemble, options).explain(rows)
    const wrong = values.findIndex((value) => !Number.isFinite(value))
    if (wrong >= 0) return `contribution ${wrong} is ${values[wrong]}`
  }
  return table.columns.length <= MAX_INTERACTING ? findInteractionFault(ensemble, rows) : undefined
}

function findInteractionFault(ensemble: TreeEnsemble, rows: Table): string | undefined {
  const explainer = new TreeExplainer(ensemble)
  const { values, raw } = explainer.explain(rows)
  const interactions = explainer.interactions(rows)
  const nFeatures = ensemble.preparation.length
  const scale = raw.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  for (const [i, value] of values.entries()) {
    const sum = interactions.subarray(i * nFeatures, (i + 1) * nFeatures).reduce((a, b) => a + b, 0)
    if (!(Math.abs(sum - value) <= TOLERANCE * scale)) return `interactions ${i} sum to ${sum}, not to ${value}`
  }
  return undefined
}

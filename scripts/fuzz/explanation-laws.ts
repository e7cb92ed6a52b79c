import { createExplainer, scoreOfRaw, TreeExplainer, type Explanation } from '../../src/explain/index.ts'
import { takeRows, treeEnsembleOf, type AnyModel, type Table, type TreeEnsemble } from '../../src/learn/index.ts'

/** Interactions take time and room by the square of the columns. */
const MAX_INTERACTING = 6
/** Of a model of several classes, so many are explained. */
const MAX_CLASSES = 4
const TOLERANCE = 1e-9
/** Leaves of a forest are float32, so that its probabilities of several classes add up to 1 but for that. */
const SHARE_TOLERANCE = 1e-6
/** Smaller probabilities have fewer digits. */
const LEAST_SHARE = 1e-290

/**
 * Explains some rows in both ways, of a model of several classes for some of them: contributions are numbers and add up to the raw
 * score, which gives what the model foretells, and interactions add up to the contributions.
 */
export function findExplanationFault(model: AnyModel, table: Table): string | undefined {
  if (!treeEnsembleOf(model)) return undefined
  const rows = takeRows(table, Int32Array.of(0, 3, 7))
  const background = takeRows(table, Int32Array.of(1, 2, 4, 5))
  for (const options of [{}, { background }]) {
    const explanations = classesOf(model).map((name) =>
      createExplainer(model, { ...options, class: name }).explain(rows),
    )
    for (const explanation of explanations) {
      const fault = findSumFault(explanation)
      if (fault) return fault
    }
    const fault = findScoreFault(model, rows, explanations)
    if (fault) return fault
  }
  return table.columns.length <= MAX_INTERACTING ? findInteractionFault(treeEnsembleOf(model)!, rows) : undefined
}

/** The classes that are explained; where there are not several, one without a name. */
function classesOf(model: AnyModel): readonly (string | undefined)[] {
  return model.task === 'multiclass' ? model.classes.slice(0, MAX_CLASSES) : [undefined]
}

function findSumFault({ values, raw, baseValue, features }: Explanation): string | undefined {
  const wrong = values.findIndex((value) => !Number.isFinite(value))
  if (wrong >= 0) return `contribution ${wrong} is ${values[wrong]}`
  for (const [row, score] of raw.entries()) {
    const parts = values.subarray(row * features.length, (row + 1) * features.length)
    const sum = parts.reduce((sum, value) => sum + value, baseValue)
    const scale = parts.reduce((most, value) => Math.max(most, Math.abs(value)), Math.max(1, Math.abs(baseValue)))
    if (Math.abs(sum - score) <= TOLERANCE * scale) continue
    return `contributions of row ${row} add up to ${sum}, not to its raw score ${score}`
  }
  return undefined
}

/** Whether raw scores give what is foretold; those before a softmax, whether they are as far apart as logarithms of probabilities. */
function findScoreFault(model: AnyModel, rows: Table, explanations: readonly Explanation[]): string | undefined {
  const scores = model.predict(rows)
  const width = scores.length / rows.nRows
  for (let row = 0; row < rows.nRows; row++) {
    const [first] = explanations
    for (const [k, { unit, raw }] of explanations.entries()) {
      const [score, firstScore] = [scores[row * width + k], scores[row * width]]
      const isSoftmax = unit === 'softmaxScore'
      if (isSoftmax && Math.min(score, firstScore) < LEAST_SHARE) continue
      const wanted = isSoftmax ? Math.log(score) - Math.log(firstScore) : score
      const told = isSoftmax ? raw[row] - first.raw[row] : scoreOfRaw(model, unit, raw[row])
      const tolerance = (width > 1 ? SHARE_TOLERANCE : TOLERANCE) * Math.max(1, Math.abs(wanted))
      if (!(Math.abs(told - wanted) <= tolerance)) return `row ${row} was foretold ${wanted}, and explained as ${told}`
    }
  }
  return undefined
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

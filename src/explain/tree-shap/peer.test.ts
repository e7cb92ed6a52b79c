import { describe, expect, it } from 'vitest'
import lightgbm from '../../../test/golden/tree-shap/lightgbm.json' with { type: 'json' }
import scikitLearn from '../../../test/golden/tree-shap/scikit-learn.json' with { type: 'json' }
import xgboost from '../../../test/golden/tree-shap/xgboost.json' with { type: 'json' }
import type { Table, TreeEnsemble } from '../../learn/index.ts'
import { TreeExplainer } from '../index.ts'
import { distance } from '../testing/distance.ts'
import { lightgbmTrees } from '../testing/peers/lightgbm.ts'
import { peerEnsemble } from '../testing/peers/peer-tree.ts'
import { scikitLearnTree } from '../testing/peers/scikit-learn.ts'
import { xgboostTree } from '../testing/peers/xgboost.ts'

/** Number of levels of each category feature. */
type Levels = Record<number, number>

type Golden = {
  peer: string
  name: string
  ensemble: TreeEnsemble
  levels: Levels
  rows: (number | null)[]
  /** Raw scores by the library itself. */
  raw: number[]
  /** Contributions in float64: LightGBM's own, else those of shap. */
  values?: number[]
  /** XGBoost's own, in float32. */
  own?: number[]
  interactions?: number[]
  background?: (number | null)[]
  interventional?: number[]
}

const nFeatures = 6
const cases: Golden[] = [
  ...lightgbm.cases.map((golden) => {
    const levels = golden.levels as Levels
    const trees = lightgbmTrees(golden.model)
    const ensemble = peerEnsemble({ trees, nFeatures, levels, baseScore: 0, scale: 1 })
    return { ...golden, peer: 'LightGBM', levels, ensemble }
  }),
  ...xgboost.cases.map((golden) => {
    const levels = golden.levels as Levels
    const trees = golden.model.map((tree) => xgboostTree(tree, levels))
    const ensemble = peerEnsemble({ trees, nFeatures, levels, baseScore: 0.25, scale: 1 })
    return { ...golden, peer: 'XGBoost', levels, ensemble }
  }),
  ...scikitLearn.cases.map((golden) => {
    const trees = golden.model.map(scikitLearnTree)
    const ensemble = peerEnsemble({ trees, nFeatures, baseScore: 0, scale: 1 / trees.length })
    return { ...golden, peer: 'scikit-learn', levels: {}, ensemble }
  }),
]

/** The table of rows that stand one after another; categories are levels named by their number. */
function tableOf(values: (number | null)[], levels: Levels): Table {
  const nRows = values.length / nFeatures
  const columns = Array.from({ length: nFeatures }, (_, f): Table['columns'][number] => {
    const column = Array.from({ length: nRows }, (_, row) => values[row * nFeatures + f])
    if (!(f in levels)) {
      return { kind: 'number', name: `f${f}`, values: Float64Array.from(column, (value) => value ?? NaN) }
    }
    const names = Array.from({ length: levels[f] }, (_, level) => `${level}`)
    return { kind: 'category', name: `f${f}`, codes: Int32Array.from(column, (value) => value ?? -1), levels: names }
  })
  return { nRows, columns }
}

/** The cases for which the golden file has this. */
function casesWith<Name extends keyof Golden>(name: Name): (Golden & Required<Pick<Golden, Name>>)[] {
  return cases.filter((golden): golden is Golden & Required<Pick<Golden, Name>> => golden[name] !== undefined)
}

describe('TreeExplainer on the trees of others', () => {
  it.each(cases)('has the raw scores of $peer ($name)', ({ peer, ensemble, rows, levels, raw }) => {
    // XGBoost adds float32 leaves in float32.
    const tolerance = peer === 'XGBoost' ? 1e-6 : 1e-12
    expect(distance(new TreeExplainer(ensemble).explain(tableOf(rows, levels)).raw, raw)).toBeLessThan(tolerance)
  })

  it.each(casesWith('values'))('gives their contributions: $peer ($name)', ({ ensemble, rows, levels, values }) => {
    expect(distance(new TreeExplainer(ensemble).explain(tableOf(rows, levels)).values, values)).toBeLessThan(1e-9)
  })

  it.each(casesWith('own'))(
    'gives their contributions in float32: $peer ($name)',
    ({ ensemble, rows, levels, own }) => {
      expect(distance(new TreeExplainer(ensemble).explain(tableOf(rows, levels)).values, own)).toBeLessThan(1e-5)
    },
  )

  it.each(casesWith('interactions'))('gives the interactions of shap: $peer ($name)', (golden) => {
    const { ensemble, rows, levels, interactions } = golden
    const nRows = interactions.length / nFeatures ** 2
    const values = new TreeExplainer(ensemble).interactions(tableOf(rows.slice(0, nRows * nFeatures), levels))
    expect(distance(values, interactions)).toBeLessThan(1e-9)
  })

  it.each(casesWith('interventional'))('gives the values of shap against a background: $peer ($name)', (golden) => {
    const { ensemble, rows, levels, background, interventional } = golden
    const explainer = new TreeExplainer(ensemble, { background: tableOf(background!, levels) })
    // There shap computes in float32.
    expect(distance(explainer.explain(tableOf(rows, levels)).values, interventional)).toBeLessThan(1e-6)
  })
})

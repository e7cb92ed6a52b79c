import { unitWords, type ContributionUnit } from './contribution.ts'
import type { PartialDependenceInput } from './partial-dependence.ts'
import type { SummaryFeature } from './shap-summary.ts'
import type { WaterfallInput } from './waterfall.ts'

export const allUnits = Object.keys(unitWords) as ContributionUnit[]

/** A whole number below `n` for each row, spread without order and the same each time. */
const mixed = (row: number, n: number) => (Math.imul(row + 1, 2654435761) >>> 8) % n

const places = ['inpatient', 'outpatient', 'office', 'ambulance', 'home', 'telehealth']

/** A model of four features that is plain to see, and what it says of rows: contributions are exact by construction. */
export function explainedRows(nRows: number): SummaryFeature[] {
  const rows = Array.from({ length: nRows }, (_, row) => row)
  const share = (row: number, salt: number) => (mixed(row + salt * 7919, 10_007) % 10_007) / 10_007
  const features: Omit<SummaryFeature, 'meanAbs'>[] = [
    {
      name: 'prior_denials',
      label: 'prior denials',
      kind: 'number',
      values: rows.map((row) => Math.floor(share(row, 1) ** 3 * 8)),
      contributions: rows.map((row) => Math.floor(share(row, 1) ** 3 * 8) * 0.4 - 0.7 + share(row, 9) * 0.2),
    },
    {
      name: 'place_of_service',
      label: 'place of service',
      kind: 'category',
      values: rows.map((row) => places[Math.floor(share(row, 2) * places.length)]),
      contributions: rows.map((row) => Math.floor(share(row, 2) * places.length) * 0.15 - 0.4),
    },
    {
      name: 'billed_amount',
      label: 'billed amount',
      kind: 'number',
      values: rows.map((row) => (share(row, 3) < 0.1 ? null : Math.round(80 * Math.exp(share(row, 4) * 5)))),
      contributions: rows.map((row) => (share(row, 3) < 0.1 ? 0.12 : share(row, 4) * 0.6 - 0.33)),
    },
    {
      name: 'service_date',
      label: 'service date',
      kind: 'number',
      format: 'date',
      values: rows.map((row) => 19_000 + Math.floor(share(row, 5) * 700)),
      contributions: rows.map((row) => 0.1 - share(row, 5) * 0.2),
    },
  ]
  return features
    .map((feature) => ({
      ...feature,
      meanAbs: feature.contributions.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(nRows, 1),
    }))
    .toSorted((a, b) => b.meanAbs - a.meanAbs)
}

/** What a model that adds up says of one row. */
export const explainedPrediction: WaterfallInput = {
  unit: 'logOdds',
  baseValue: -1.204,
  raw: -0.344,
  score: 0.414,
  contributions: [
    { name: 'prior_denials', label: 'prior denials', value: 3, contribution: 0.62 },
    { name: 'place_of_service', label: 'place of service', value: 'outpatient hospital ward', contribution: -0.21 },
    { name: 'billed_amount', label: 'billed amount', value: 1250.5, contribution: 0.33 },
    { name: 'service_date', label: 'service date', value: 19_417, format: 'date', contribution: 0.12 },
    { name: 'network', value: true, contribution: -0.05 },
    { name: 'age', value: null, contribution: 0.05 },
  ],
}

const risingScores = (grid: number[], row: number) => grid.map((_, i) => 0.2 + 0.03 * i + 0.01 * row)

/** The score by a number: 11 values, 8 single rows, a tenth of the rows without a value. */
export const byNumber: PartialDependenceInput = (() => {
  const grid = Array.from({ length: 11 }, (_, i) => i * i)
  const ice = Array.from({ length: 8 }, (_, row) => risingScores(grid, row))
  return {
    feature: 'prior_denials',
    label: 'prior denials',
    kind: 'number',
    grid,
    ice,
    mean: grid.map((_, i) => ice.reduce((sum, curve) => sum + curve[i], 0) / ice.length),
    share: grid.map(() => 0.9 / grid.length),
    missing: { mean: 0.3, ice: ice.map((_, row) => 0.28 + row / 200), share: 0.1 },
  }
})()

/** The score by a category whose levels come the most frequent first. */
export const byCategory: PartialDependenceInput = {
  feature: 'place_of_service',
  label: 'place of service',
  kind: 'category',
  grid: ['office', 'home', 'ward 10', 'ward 9'],
  ice: Array.from({ length: 40 }, (_, row) => [0.3, 0.2, 0.45, 0.5].map((score) => score + (row % 10) / 100)),
  mean: [0.345, 0.245, 0.495, 0.545],
  share: [0.5, 0.3, 0.15, 0.05],
}

import type { SummaryFeature } from './shap-summary.ts'

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

import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Column } from '../learn/index.ts'
import { categories, numbers } from '../../test/learning-tables.ts'
import { chiSquareTwoSample, countInto, fairnessReport, ksTwoSample, psi, referenceBins } from './index.ts'

/** Folder of the public data sets; they are not part of the project. */
const folder = process.env.ASSAY_TEST_DATA ?? ''
const isThere = fs.existsSync(path.join(folder, 'vehicle_fraud')) && folder !== ''
const why = isThere ? '' : ' (skipped: ASSAY_TEST_DATA does not name the folder of the data sets)'

type Cells = { n: number; positives: number; tp: number; fp: number; selection_rate: number; tpr: number; fpr: number }
type Compared = {
  groups: Record<string, Cells>
  disparate_impact_ratio_min_over_max: number | null
  demographic_parity_difference: number
  equal_opportunity_difference: number
  equalized_odds_difference: number
}
type Reference = {
  drift: {
    n_ref: number
    n_cur: number
    features: Record<string, { kind: 'numeric' | 'categorical'; psi: number } & Record<string, number>>
  }
  fairness_raw: { lr: Compared[]; hgb: Compared[]; rf: Compared[] }
}

function read(): { column: (name: string, year: string) => Column; reference: Reference } {
  // No cell of this file has a comma or a quote in it.
  const text = fs.readFileSync(path.join(folder, 'vehicle_fraud', 'fraud_oracle.csv'), 'utf8')
  const [header, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','))
  const reference = JSON.parse(fs.readFileSync(path.join(folder, 'reference.json'), 'utf8')).vehicle_fraud as Reference
  const year = header.indexOf('Year')
  const column = (name: string, wanted: string): Column => {
    const cells = rows.filter((row) => row[year] === wanted).map((row) => row[header.indexOf(name)])
    return reference.drift.features[name].kind === 'numeric'
      ? numbers(name, cells.map(Number))
      : categories(name, cells)
  }
  return { column, reference }
}

/** PSI, statistic and p-value; here every level of either period counts by itself. */
function drift(before: Column, after: Column): number[] {
  if (before.kind === 'number' && after.kind === 'number') {
    const bins = referenceBins(before)
    const { statistic, pValue } = ksTwoSample(before.values, after.values)
    return [psi(countInto(bins, before), countInto(bins, after)), statistic, pValue]
  }
  if (before.kind !== 'category' || after.kind !== 'category') throw new TypeError('columns of two kinds')
  const bins = { kind: 'category' as const, levels: [...new Set([...before.levels, ...after.levels])] }
  const [reference, current] = [countInto(bins, before), countInto(bins, after)]
  const { statistic, pValue } = chiSquareTwoSample(reference, current)
  return [psi(reference, current), statistic, pValue]
}

describe.skipIf(!isThere)(`vehicle fraud, 1994 against 1996${why}`, () => {
  it('has the PSI, Kolmogorov-Smirnov and chi-square of the reference for every feature', () => {
    const { column, reference } = read()
    const { features } = reference.drift
    expect(Object.keys(features)).toHaveLength(30)
    const given = Object.fromEntries(
      Object.keys(features).map((name) => [name, drift(column(name, '1994'), column(name, '1996'))]),
    )
    const wanted = Object.entries(features).map(([name, { kind, psi, ks, ks_p, chi2, chi2_p }]) => {
      const size = expect.closeTo(psi, 9)
      // The reference has SciPy's p-value, of the one-sample distribution at n m / (n + m) = 2,452: some 0.01 away.
      if (kind === 'numeric') return [name, [size, expect.closeTo(ks, 12), expect.closeTo(ks_p, 1)]]
      return [name, [size, expect.closeTo(chi2, 9), expect.closeTo(chi2_p, 9)]]
    })
    expect(given).toEqual(Object.fromEntries(wanted))
  })

  it('has the group rates and differences of the reference for three models at two thresholds', () => {
    const { lr, hgb, rf } = read().reference.fairness_raw
    for (const compared of [...lr, ...hgb, ...rf]) {
      const rows = Object.entries(compared.groups).flatMap(([group, { n, positives, tp, fp }]) =>
        Array.from({ length: n }, (_, i) => {
          const y = i < positives ? 1 : 0
          return { group, y, score: y === 1 ? Number(i < tp) : Number(i - positives < fp) }
        }),
      )
      const report = fairnessReport({
        y: Uint8Array.from(rows, (row) => row.y),
        score: Float64Array.from(rows, (row) => row.score),
        threshold: 0.5,
        group: categories(
          'Sex',
          rows.map((row) => row.group),
        ),
        attribute: 'Sex',
        nResamples: 100,
        seed: 1,
      })
      expect(report.groups.map(({ group }) => group)).toEqual(['Female', 'Male'])
      for (const { group, selectionRate, tpr, fpr } of report.groups) {
        const wanted = compared.groups[group]
        expect(selectionRate.estimate).toBeCloseTo(wanted.selection_rate, 9)
        expect(tpr.estimate).toBeCloseTo(wanted.tpr, 9)
        expect(fpr.estimate).toBeCloseTo(wanted.fpr, 9)
      }
      const { estimate } = report.disparateImpact
      if (compared.disparate_impact_ratio_min_over_max === null) expect(estimate).toBeNaN()
      else expect(estimate).toBeCloseTo(compared.disparate_impact_ratio_min_over_max, 9)
      expect(report.demographicParityDifference.estimate).toBeCloseTo(compared.demographic_parity_difference, 9)
      expect(report.equalOpportunityDifference.estimate).toBeCloseTo(compared.equal_opportunity_difference, 9)
      expect(report.equalizedOddsDifference.estimate).toBeCloseTo(compared.equalized_odds_difference, 9)
    }
  })
})

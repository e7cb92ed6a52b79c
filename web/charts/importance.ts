import * as Plot from '@observablehq/plot'

export type ImportanceBar = { feature: string; mean: number; lower: number; upper: number }

/** Permutation importance: loss of AUC when a feature is shuffled, a bar each, with its interval; the largest on top. */
export function importanceBars({ rows, width }: { rows: ImportanceBar[]; width: number }): Element {
  const sorted = rows.toSorted((a, b) => b.mean - a.mean)
  const longest = Math.max(...rows.map((row) => row.feature.length), 1)
  return Plot.plot({
    width,
    height: importanceHeight(rows.length),
    marginLeft: Math.min(longest * 7 + 12, width * 0.42),
    marginBottom: 38,
    marginTop: 4,
    marginRight: 16,
    style: { background: 'transparent', color: 'var(--a-muted)', fontSize: '11px' },
    x: {
      label: 'loss of AUC, 95 % interval',
      labelArrow: 'none',
      labelAnchor: 'center',
      grid: true,
      nice: true,
    },
    y: { label: null, domain: sorted.map((row) => row.feature), tickSize: 0, padding: 0.3 },
    marks: [
      Plot.barX(sorted, { y: 'feature', x: 'mean', fill: 'var(--a-chart-reference)', rx2: 2, title: describe }),
      Plot.ruleY(sorted, { y: 'feature', x1: 'lower', x2: 'upper', stroke: 'var(--a-text)', strokeWidth: 1.5 }),
      Plot.ruleX([0], { stroke: 'var(--a-border-strong)' }),
    ],
  })
}

export const importanceHeight = (n: number) => 42 + n * 21

const describe = ({ feature, mean, lower, upper }: ImportanceBar) =>
  `${feature}: ${mean.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`

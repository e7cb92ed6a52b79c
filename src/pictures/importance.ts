import * as Plot from '@observablehq/plot'
import { definePicture, named } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { scoreText, shortened } from './words.ts'

/** Loss of AUC when a feature is shuffled, and its interval. */
export type ImportanceBar = { feature: string; mean: number; lower: number; upper: number }

/** Permutation importance: a bar for each feature, with its interval; the largest on top. */
export function importancePicture({ rows }: { rows: ImportanceBar[] }): Picture {
  const sorted = rows.toSorted((a, b) => b.mean - a.mean)
  const longest = Math.max(...rows.map((row) => row.feature.length), 1)
  return definePicture({
    title: 'Permutation importance',
    description: `Loss of AUC when a feature is shuffled, of ${rows.length} features, the largest first: ${sorted
      .slice(0, 5)
      .map((row) => `${row.feature} ${scoreText(row.mean)}`)
      .join(', ')}.`,
    heightFor: () => 42 + rows.length * 21,
    empty: rows.length === 0 ? 'Importance was not measured.' : undefined,
    panels: (width) => {
      const marginLeft = Math.round(Math.min(longest * 6.2 + 14, width * 0.42))
      return [
        {
          plot: {
            marginLeft,
            marginTop: 4,
            marginRight: 16,
            x: {
              label: 'loss of AUC, 95 % interval',
              labelArrow: 'none',
              labelAnchor: 'center',
              grid: true,
              nice: true,
              ticks: 4,
            },
            y: {
              label: null,
              domain: sorted.map((row) => row.feature),
              tickSize: 0,
              padding: 0.3,
              tickFormat: (name: string) => shortened(name, Math.floor((marginLeft - 10) / 6.2)),
            },
            marks: [
              named(
                'importance',
                Plot.barX(sorted, { y: 'feature', x: 'mean', fill: colour('chartReference'), rx2: 2, title: describe }),
              ),
              named(
                'intervals',
                Plot.ruleY(sorted, {
                  y: 'feature',
                  x1: 'lower',
                  x2: 'upper',
                  stroke: colour('text'),
                  strokeWidth: 1.5,
                }),
              ),
              Plot.ruleX([0], { stroke: colour('borderStrong') }),
            ],
          },
        },
      ]
    },
  })
}

const describe = ({ feature, mean, lower, upper }: ImportanceBar) =>
  `${feature}: ${mean.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`

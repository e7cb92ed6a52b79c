import { definePicture } from './define.ts'
import { intervalBars, intervalBarsHeight } from './interval-bars.ts'
import type { Picture } from './picture.ts'
import { scoreText } from './words.ts'

/** Loss of AUC when a feature is shuffled, and its interval. */
export type ImportanceBar = {
  feature: string
  /** How it is called on the picture; as it is named, if not given. */
  label?: string
  mean: number
  lower: number
  upper: number
}

/** Permutation importance: a bar for each feature, with its interval; the largest on top. */
export function importancePicture({ rows }: { rows: ImportanceBar[] }): Picture {
  const bars = rows
    .toSorted((a, b) => b.mean - a.mean)
    .map(({ feature, label = feature, ...figures }) => ({ name: feature, label, ...figures }))
  return definePicture({
    title: 'Permutation importance',
    description: `Loss of AUC when a feature is shuffled, of ${rows.length} features, the largest first: ${bars
      .slice(0, 5)
      .map((bar) => `${bar.label} ${scoreText(bar.mean)}`)
      .join(', ')}.`,
    heightFor: () => intervalBarsHeight(rows.length),
    empty: rows.length === 0 ? 'Importance was not measured.' : undefined,
    panels: (width) => [
      {
        plot: intervalBars(bars, {
          width,
          axis: 'loss of AUC',
          ariaLabel: 'importance',
          tone: 'chartReference',
          words: ({ label, mean, lower, upper }) =>
            `${label}: ${mean.toFixed(4)} (${lower.toFixed(4)} to ${upper.toFixed(4)})`,
        }),
      },
    ],
  })
}

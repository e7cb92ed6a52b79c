import * as Plot from '@observablehq/plot'
import { definePicture, isNarrow, named } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { scoreText } from './words.ts'

export type FoldScoresInput = {
  metric: string
  /** What has been measured so far, in any order. */
  scores: { algorithm: string; fold: number; value: number }[]
  /** How many folds there will be. */
  nFolds: number
}

type Score = FoldScoresInput['scores'][number]

/** A metric of each fold, a row for each algorithm, with the mean of those that are there. */
export function foldScoresPicture({ metric, scores, nFolds }: FoldScoresInput): Picture {
  const algorithms = [...new Set(scores.map((score) => score.algorithm))]
  const means = algorithms.map((algorithm) => {
    const values = scores.filter((score) => score.algorithm === algorithm).map((score) => score.value)
    return { algorithm, mean: values.reduce((sum, value) => sum + value, 0) / values.length, n: values.length }
  })
  const headline = means.map(
    ({ algorithm, mean, n }) => `${algorithm}: mean ${scoreText(mean)} of ${n} ${n === 1 ? 'fold' : 'folds'}`,
  )
  const longest = Math.max(...algorithms.map((algorithm) => algorithm.length), 1)
  const [low, high] = [Math.min(...scores.map((score) => score.value)), Math.max(...scores.map((score) => score.value))]
  const room = Math.max((high - low) * 0.15, 0.01)
  return definePicture({
    title: `${metric} by fold`,
    description: `${metric} on the rows that a fold leaves out, ${nFolds} folds. ${headline.join('. ')}.`,
    headline: [...headline, '● a fold', '│ mean'],
    heightFor: () => 76 + algorithms.length * 34,
    empty: scores.length === 0 ? 'No fold is done yet.' : undefined,
    panels: (width) => [
      {
        plot: {
          marginTop: 8,
          marginLeft: Math.round(Math.min(longest * 6.2 + 14, width * 0.4)),
          x: {
            label: metric,
            labelArrow: 'none',
            labelAnchor: 'center',
            grid: true,
            ticks: isNarrow(width) ? 3 : 5,
            domain: [low - room, high + room],
          },
          y: { label: null, domain: algorithms, tickSize: 0 },
          marks: [
            named(
              'means',
              Plot.tickX(means, { x: 'mean', y: 'algorithm', stroke: colour('text'), strokeWidth: 2, inset: 4 }),
            ),
            named(
              'folds',
              Plot.dot(scores, {
                x: 'value',
                y: 'algorithm',
                r: 4,
                fill: colour('chartCurrent'),
                fillOpacity: 0.8,
                title: (score: Score) => `fold ${score.fold}: ${scoreText(score.value)}`,
              }),
            ),
          ],
        },
      },
    ],
  })
}

import * as Plot from '@observablehq/plot'
import { onTop, shareAxis } from './axes.ts'
import { missingClass, pointAt, pointsOf, thresholdsOf, type Curves } from './curves.ts'
import { definePicture, named } from './define.ts'
import { diagonal } from './diagonal.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { countText, intervalText, scoreText, shareText, type Estimate } from './words.ts'

export type RocInput = {
  curves: Pick<Curves, 'roc' | 'nPositive' | 'nNegative'>
  /** As it was measured; without it the area under the drawn curve is told, without an interval. */
  auc?: Estimate
  /** The threshold in use: its point is marked. */
  threshold?: number
}

type Point = { falsePositiveRate: number; truePositiveRate: number; threshold: number }

/** The ROC curve, with the line of chance, its area, and the point of the threshold in use. */
export function rocPicture({ curves, auc, threshold }: RocInput): Picture {
  const points = pointsOf({ ...curves.roc, threshold: thresholdsOf(curves.roc.threshold) })
  const chosen = threshold === undefined ? undefined : pointAt(points, threshold)
  const area = auc ?? { estimate: areaUnder(points), lower: null, upper: null }
  const headline = [
    `AUC ${intervalText(area)}`,
    ...(chosen && threshold !== undefined ? atWords(chosen, threshold) : []),
  ]
  return definePicture({
    title: 'ROC curve',
    description: `True positive rate against false positive rate over all thresholds, on ${countText(curves.nPositive)} positive and ${countText(curves.nNegative)} negative rows. ${headline.join('. ')}.`,
    headline,
    empty: missingClass(curves),
    panels: (width) => [
      {
        plot: {
          x: shareAxis('false positive rate', width),
          y: onTop(shareAxis('true positive rate', width)),
          marks: [
            diagonal('chance'),
            named(
              'ROC curve',
              Plot.line(points, {
                x: 'falsePositiveRate',
                y: 'truePositiveRate',
                stroke: colour('chartCurrent'),
                strokeWidth: 2,
              }),
            ),
            ...(chosen === undefined ? [] : chosenMark(chosen)),
          ],
        },
      },
    ],
  })
}

const chosenMark = (point: Point) => [
  named(
    'threshold in use',
    Plot.dot([point], {
      x: 'falsePositiveRate',
      y: 'truePositiveRate',
      r: 5,
      fill: colour('surface'),
      stroke: colour('text'),
      strokeWidth: 2,
      title: (at: Point) => `threshold ${scoreText(at.threshold)}`,
    }),
  ),
]

const atWords = ({ truePositiveRate, falsePositiveRate }: Point, threshold: number) => [
  `○ at threshold ${scoreText(threshold)}: ${shareText(truePositiveRate)} found`,
  `${shareText(falsePositiveRate)} false alarms`,
]

function areaUnder(points: Point[]): number | null {
  if (points.length < 2) return null
  let area = 0
  for (let i = 1; i < points.length; i++) {
    const step = points[i].falsePositiveRate - points[i - 1].falsePositiveRate
    area += (step * (points[i].truePositiveRate + points[i - 1].truePositiveRate)) / 2
  }
  return Math.abs(area)
}

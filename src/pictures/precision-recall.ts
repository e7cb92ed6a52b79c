import * as Plot from '@observablehq/plot'
import { onTop, shareAxis } from './axes.ts'
import { missingClass, pointAt, pointsOf, thresholdsOf, type Curves } from './curves.ts'
import { definePicture, named } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { countText, intervalText, scoreText, shareText, type Estimate } from './words.ts'

export type PrecisionRecallInput = {
  curves: Pick<Curves, 'pr' | 'nPositive' | 'nNegative'>
  /** The area as it was measured. */
  prAuc?: Estimate
  threshold?: number
}

/** Precision against recall, with the base rate that a guess would reach, and the point of the threshold in use. */
export function precisionRecallPicture({ curves, prAuc, threshold }: PrecisionRecallInput): Picture {
  const { nPositive, nNegative } = curves
  const points = pointsOf({ ...curves.pr, threshold: thresholdsOf(curves.pr.threshold) })
  const baseRate = nPositive / (nPositive + nNegative || 1)
  const chosen = threshold === undefined ? undefined : pointAt(points, threshold)
  const headline = [
    ...(prAuc === undefined ? [] : [`PR AUC ${intervalText(prAuc)}`]),
    `base rate ${shareText(baseRate)}`,
    ...(chosen === undefined
      ? []
      : [
          `○ at threshold ${scoreText(threshold)}: precision ${shareText(chosen.precision)}, recall ${shareText(chosen.recall)}`,
        ]),
  ]
  return definePicture({
    title: 'Precision and recall',
    description: `Precision against recall over all thresholds, on ${countText(nPositive)} positive and ${countText(nNegative)} negative rows. ${headline.join('. ')}.`,
    headline,
    empty: missingClass(curves),
    panels: (width) => [
      {
        plot: {
          x: shareAxis('recall', width),
          y: onTop(shareAxis('precision', width)),
          marks: [
            named(
              'base rate',
              Plot.ruleY([baseRate], {
                stroke: colour('chartReference'),
                strokeDasharray: '4 4',
              }),
            ),
            Plot.text([{ recall: 0.02, precision: baseRate }], {
              x: 'recall',
              y: 'precision',
              text: () => 'base rate',
              textAnchor: 'start',
              dy: baseRate > 0.9 ? 9 : -8,
              fill: colour('muted'),
            }),
            named(
              'precision and recall',
              Plot.line(points, {
                x: 'recall',
                y: 'precision',
                stroke: colour('chartCurrent'),
                strokeWidth: 2,
              }),
            ),
            ...(chosen === undefined
              ? []
              : [
                  named(
                    'threshold in use',
                    Plot.dot([chosen], {
                      x: 'recall',
                      y: 'precision',
                      r: 5,
                      fill: colour('surface'),
                      stroke: colour('text'),
                      strokeWidth: 2,
                    }),
                  ),
                ]),
          ],
        },
      },
    ],
  })
}

import * as Plot from '@observablehq/plot'
import { onTop, shareAxis } from './axes.ts'
import { missingClass, pointsOf, type Curves } from './curves.ts'
import { definePicture, named, type Panel } from './define.ts'
import { diagonal } from './diagonal.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { numberText, shareText } from './words.ts'

export type GainInput = { curves: Pick<Curves, 'lift' | 'nPositive' | 'nNegative'> }

type Point = { rows: number; positives: number }

/** How many of the positives are found by looking at the highest scores first (gain), and against chance (lift). */
export function gainPicture({ curves }: GainInput): Picture {
  const told = pointsOf({ rows: curves.lift.shareOfRows, positives: curves.lift.shareOfPositives })
  // Nothing looked at finds nothing, whether the curve says so or begins with its first step.
  const points = told[0]?.rows === 0 ? told : [{ rows: 0, positives: 0 }, ...told]
  const lifted = pointsOf({ ...curves.lift, rows: curves.lift.shareOfRows }).filter(({ rows }) => rows > 0)
  const tenth = lifted.find((point) => point.rows >= 0.1 - 1e-9)
  const headline =
    tenth === undefined
      ? []
      : [
          `the highest ${shareText(tenth.rows)} of scores hold ${shareText(tenth.shareOfPositives)} of positives`,
          `lift ${numberText(tenth.lift)}`,
        ]
  return definePicture({
    title: 'Gain and lift',
    description: `Share of the positives found against the share of rows looked at, highest scores first. ${headline.join(', ')}.`,
    headline,
    heightFor: (width) => Math.round(Math.min(Math.max(width * 1.05, 330), 470)),
    empty: missingClass(curves),
    panels: (width) => [
      { part: 2, plot: gainPanel(points, width) },
      { part: 1.2, plot: liftPanel(lifted, width) },
    ],
  })
}

const gainPanel = (points: Point[], width: number): Panel['plot'] => ({
  marginBottom: 24,
  x: { ...shareAxis('', width), label: null },
  y: onTop(shareAxis('positives found', width)),
  marks: [
    diagonal('random order'),
    named('gain', Plot.line(points, { x: 'rows', y: 'positives', stroke: colour('chartCurrent'), strokeWidth: 2 })),
  ],
})

const liftPanel = (lifted: { rows: number; lift: number }[], width: number): Panel['plot'] => ({
  x: shareAxis('rows looked at, highest scores first', width),
  y: {
    label: 'lift (times chance)',
    labelArrow: 'none',
    labelAnchor: 'top',
    grid: true,
    ticks: 4,
    domain: [0, Math.max(1.5, ...lifted.map((point) => point.lift)) * 1.05],
  },
  marks: [
    named('chance', Plot.ruleY([1], { stroke: colour('chartReference'), strokeDasharray: '4 4' })),
    named('lift', Plot.line(lifted, { x: 'rows', y: 'lift', stroke: colour('chartCurrent'), strokeWidth: 2 })),
  ],
})

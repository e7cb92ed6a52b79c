import * as Plot from '@observablehq/plot'
import { onTop, shareAxis, shareAxisTo } from './axes.ts'
import type { Curves } from './curves.ts'
import { scoreBins, type ScoreBin } from './decision.ts'
import { type Panel, definePicture, named } from './define.ts'
import { diagonal } from './diagonal.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { countText, scoreText, shareText } from './words.ts'

export type CalibrationInput = { curves: Pick<Curves, 'calibration' | 'thresholds' | 'nPositive' | 'nNegative'> }

type Bin = Curves['calibration']['bins'][number]

/**
 * How often what scores so is positive, bin by bin with its interval, against the line on which a score is a
 * probability; below it how the scores of either class are spread.
 */
export function calibrationPicture({ curves }: CalibrationInput): Picture {
  const { expectedCalibrationError } = curves.calibration
  const bins = curves.calibration.bins.filter(
    ({ meanScore, observedRate }) => meanScore !== null && observedRate !== null,
  )
  const spread = scoreBins(curves.thresholds)
  const headline = [`expected calibration error ${scoreText(expectedCalibrationError)}`, 'bars: 95 % intervals']
  return definePicture({
    title: 'Calibration',
    description: `Observed rate of positives against the mean score in ${bins.length} bins of as many rows each. Expected calibration error ${scoreText(expectedCalibrationError)}.`,
    headline,
    heightFor: (width) => Math.round(Math.min(Math.max(width * 1.05, 330), 470)),
    empty: bins.length === 0 ? 'There are no rows with a known truth, so calibration cannot be told.' : undefined,
    panels: (width) => [
      { part: 2, plot: reliability(bins, width) },
      ...(spread.length === 0 ? [] : [{ part: 1, plot: distribution(spread, width) }]),
    ],
  })
}

const reliability = (bins: Bin[], width: number): Panel['plot'] => ({
  x: shareAxis('mean score', width),
  y: onTop(shareAxis('observed rate of positives', width)),
  marks: [
    diagonal('perfect calibration', { isLabelled: false }),
    named(
      'intervals',
      Plot.ruleX(bins, {
        x: 'meanScore',
        y1: 'lower',
        y2: 'upper',
        stroke: colour('chartCurrent'),
        strokeWidth: 2,
      }),
    ),
    named(
      'bins',
      Plot.dot(bins, {
        x: 'meanScore',
        y: 'observedRate',
        r: 3.5,
        fill: colour('chartCurrent'),
        title: binWords,
      }),
    ),
  ],
})

const binWords = ({ meanScore, observedRate, n, lower, upper }: Bin) =>
  `mean score ${shareText(meanScore)}\nobserved ${shareText(observedRate)} (${shareText(lower)} to ${shareText(upper)})\n${countText(n)} rows`

function distribution(spread: ScoreBin[], width: number): Panel['plot'] {
  const largest = Math.max(...spread.flatMap(({ positives, negatives }) => [positives, negatives]))
  const { domain } = shareAxisTo('', largest, width)
  const end = (domain as [number, number])[1]
  const place = { x: 1, textAnchor: 'end', fill: colour('muted') } as const
  return {
    x: shareAxis('score', width),
    y: {
      ...onTop(shareAxis('share of the rows of each class', width)),
      domain: [-end, end],
      ticks: 3,
      tickFormat: (value: number) => String(Math.abs(value)),
    },
    marks: [
      named(
        'positive rows',
        Plot.rectY(spread, {
          x1: 'lower',
          x2: 'upper',
          y1: 0,
          y2: 'positives',
          fill: colour('chartCurrent'),
          title: (bin: ScoreBin) => binTitle(bin, 'positive', bin.positives),
        }),
      ),
      named(
        'negative rows',
        Plot.rectY(spread, {
          x1: 'lower',
          x2: 'upper',
          y1: 0,
          y2: (bin: ScoreBin) => -bin.negatives,
          fill: colour('chartReference'),
          title: (bin: ScoreBin) => binTitle(bin, 'negative', bin.negatives),
        }),
      ),
      Plot.ruleY([0], { stroke: colour('borderStrong') }),
      Plot.text(['▲ positive'], { ...place, text: (words: string) => words, frameAnchor: 'top-right', x: undefined }),
      Plot.text(['▼ negative'], {
        ...place,
        text: (words: string) => words,
        frameAnchor: 'bottom-right',
        x: undefined,
      }),
    ],
  }
}

const binTitle = ({ lower, upper }: ScoreBin, name: string, share: number) =>
  `score ${shareText(lower)} to ${shareText(upper)}\n${shareText(share)} of ${name} rows`

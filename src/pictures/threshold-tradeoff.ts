import * as Plot from '@observablehq/plot'
import { onTop, shareAxis } from './axes.ts'
import { missingClass, type Curves } from './curves.ts'
import { cheapestDecision, costPerRow, ratesOf, type Costs, type Decision } from './decision.ts'
import { definePicture, isNarrow, named, type Panel } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { numberText, scoreText } from './words.ts'

export type ThresholdTradeoffInput = {
  curves: Pick<Curves, 'thresholds' | 'nPositive' | 'nNegative'>
  /** With them the expected cost is drawn below. */
  costs?: Costs
  /** Of the costs: `USD`, `€`. */
  costUnit?: string
  /** The threshold in use. */
  threshold?: number
  /** What deciding positive is called. */
  decidedPositive?: string
}

const lines = [
  { key: 'precision', dash: undefined, tone: 'chartCurrent' },
  { key: 'recall', dash: '7 3', tone: 'text' },
  { key: 'positiveRate', dash: '2 3', tone: 'warnMark' },
] as const

/** What a threshold does: precision, recall and how many are referred, and what that costs on average. */
export function thresholdTradeoffPicture(input: ThresholdTradeoffInput): Picture {
  const { curves, costs, threshold, costUnit, decidedPositive = 'refer' } = input
  const best = costs === undefined ? undefined : cheapestDecision(curves.thresholds, costs)
  const unit = costUnit === undefined ? '' : ` ${costUnit}`
  const headline = [
    ...(threshold === undefined ? [] : [`threshold ${scoreText(threshold)}`]),
    ...(best && costs
      ? [`least cost ${numberText(costPerRow(best, costs))}${unit} a row at ${scoreText(best.threshold)}`]
      : []),
  ]
  return definePicture({
    title: 'What a threshold does',
    description: `Precision, recall and the share decided ${decidedPositive} against the threshold. ${headline.join('. ')}.`,
    headline,
    heightFor: (width) =>
      costs === undefined ? Math.min(Math.max(width * 0.6, 240), 320) : Math.min(Math.max(width, 360), 470),
    empty: missingClass(curves),
    panels: (width) => [
      {
        part: 1.5,
        plot: rates(curves.thresholds, { width, threshold, decidedPositive, isAbove: costs !== undefined }),
      },
      ...(costs === undefined ? [] : [{ part: 1, plot: cost({ ...input, costs, best }, width) }]),
    ],
  })
}

type Rate = { threshold: number; value: number | null }

function rates(
  decisions: Decision[],
  {
    width,
    threshold,
    decidedPositive,
    isAbove,
  }: { width: number; threshold?: number; decidedPositive: string; isAbove: boolean },
): Panel['plot'] {
  const names = { precision: 'precision', recall: 'recall', positiveRate: `${decidedPositive} rate` }
  return {
    ...(isAbove ? { marginBottom: 24 } : {}),
    marginLeft: leftOf(width),
    x: isAbove ? { ...thresholdAxis(width), label: null } : thresholdAxis(width),
    y: onTop(shareAxis(lines.map(({ key }, i) => `${['—', '– –', '···'][i]} ${names[key]}`).join('   '), width)),
    marks: [
      ...inUse(threshold),
      ...lines.map(({ key, dash, tone }) =>
        named(
          names[key],
          Plot.line(
            decisions.map((decision): Rate => ({ threshold: decision.threshold, value: ratesOf(decision)[key] })),
            {
              x: 'threshold',
              y: 'value',
              stroke: colour(tone),
              strokeWidth: 2,
              strokeDasharray: dash,
              strokeLinecap: 'butt',
            },
          ),
        ),
      ),
    ],
  }
}

function cost(
  input: ThresholdTradeoffInput & { costs: Costs; best: Decision | undefined },
  width: number,
): Panel['plot'] {
  const { curves, costs, costUnit, threshold, best } = input
  const priced = (decision: Decision): Rate => ({ threshold: decision.threshold, value: costPerRow(decision, costs) })
  return {
    x: thresholdAxis(width),
    y: {
      label: `expected cost a row${costUnit === undefined ? '' : ` (${costUnit})`}`,
      labelArrow: 'none',
      labelAnchor: 'top',
      grid: true,
      ticks: 4,
      zero: true,
      nice: true,
      tickFormat: (value: number) => numberText(value),
    },
    marginLeft: leftOf(width),
    marks: [
      ...inUse(threshold),
      named(
        'expected cost',
        Plot.line(curves.thresholds.map(priced), {
          x: 'threshold',
          y: 'value',
          stroke: colour('chartCurrent'),
          strokeWidth: 2,
        }),
      ),
      ...(best === undefined
        ? []
        : [
            named(
              'least cost',
              Plot.dot([priced(best)], {
                x: 'threshold',
                y: 'value',
                r: 4.5,
                symbol: 'diamond',
                fill: colour('okMark'),
              }),
            ),
          ]),
    ],
  }
}

const thresholdAxis = (width: number): Plot.ScaleOptions => ({
  label: isNarrow(width) ? 'threshold (score)' : 'threshold (score from which a row is decided positive)',
  labelArrow: 'none',
  labelAnchor: 'center',
  domain: [0, 1],
  ticks: 6,
})

/** The same for both frames, so that a threshold stands in one line. */
const leftOf = (width: number) => (isNarrow(width) ? 46 : 56)

const inUse = (threshold: number | undefined) =>
  threshold === undefined
    ? []
    : [named('threshold in use', Plot.ruleX([threshold], { stroke: colour('text'), strokeWidth: 1.5 }))]

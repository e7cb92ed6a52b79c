import * as Plot from '@observablehq/plot'
import { ratesOf, rowsOf, type Decision } from './decision.ts'
import { definePicture, isNarrow, named } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { countText, scoreText, shareText } from './words.ts'

export type ConfusionMatrixInput = {
  decision: Decision
  /** How the two truths and the two decisions are called. */
  names?: { positive: string; negative: string; decidedPositive: string; decidedNegative: string }
}

const usualNames = {
  positive: 'positive',
  negative: 'negative',
  decidedPositive: 'refer',
  decidedNegative: 'approve',
}

type Cell = { truth: string; decided: string; n: number; share: number; isRight: boolean }

/** Truth against decision at one threshold: rows, and their share of the rows of that truth. */
export function confusionMatrixPicture({ decision, names = usualNames }: ConfusionMatrixInput): Picture {
  const { truePositives, falsePositives, falseNegatives, trueNegatives, threshold } = decision
  const { precision, recall, positiveRate } = ratesOf(decision)
  const headline = [
    `threshold ${scoreText(threshold)}`,
    `precision ${shareText(precision)}`,
    `recall ${shareText(recall)}`,
    `${names.decidedPositive} ${shareText(positiveRate)}`,
  ]
  const share = (n: number, sibling: number) => (n + sibling === 0 ? 0 : n / (n + sibling))
  const cell = (isPositive: boolean, isDecided: boolean, n: number, sibling: number): Cell => ({
    truth: isPositive ? names.positive : names.negative,
    decided: isDecided ? names.decidedPositive : names.decidedNegative,
    n,
    share: share(n, sibling),
    isRight: isPositive === isDecided,
  })
  const cells = [
    cell(true, true, truePositives, falseNegatives),
    cell(true, false, falseNegatives, truePositives),
    cell(false, true, falsePositives, trueNegatives),
    cell(false, false, trueNegatives, falsePositives),
  ]
  return definePicture({
    title: 'Confusion matrix',
    description: `At threshold ${scoreText(threshold)}: ${cells.map((at) => `${countText(at.n)} ${at.truth} rows decided ${at.decided}`).join(', ')}.`,
    headline,
    heightFor: () => 230,
    empty: rowsOf(decision) === 0 ? 'There are no rows with a known truth to count.' : undefined,
    panels: (width) => [{ plot: matrix(cells, names, width) }],
  })
}

const matrix = (cells: Cell[], names: typeof usualNames, width: number): Plot.PlotOptions => ({
  marginLeft: 70,
  marginTop: 20,
  x: {
    label: 'decided',
    labelArrow: 'none',
    labelAnchor: 'center',
    domain: [names.decidedPositive, names.decidedNegative],
    tickSize: 0,
  },
  y: {
    label: 'in truth',
    labelArrow: 'none',
    labelAnchor: 'top',
    domain: [names.positive, names.negative],
    tickSize: 0,
  },
  marks: [
    named(
      'cells',
      Plot.cell(cells, {
        x: 'decided',
        y: 'truth',
        inset: 1.5,
        rx: 3,
        fill: (at: Cell) => (at.isRight ? colour('chartCurrent') : colour('warnMark')),
        fillOpacity: (at: Cell) => 0.06 + 0.3 * at.share,
        title: (at: Cell) => `${at.truth}, decided ${at.decided}: ${countText(at.n)} rows`,
      }),
    ),
    Plot.text(cells, {
      x: 'decided',
      y: 'truth',
      text: (at: Cell) => countText(at.n),
      fontSize: 17,
      fontWeight: 600,
      fill: colour('text'),
      dy: -10,
    }),
    Plot.text(cells, {
      x: 'decided',
      y: 'truth',
      text: (at: Cell) =>
        `${at.isRight ? '✓' : '✗'}${isNarrow(width) ? '' : at.isRight ? ' right,' : ' wrong,'} ${shareText(at.share)}`,
      fill: colour('text'),
      dy: 9,
    }),
    Plot.text(cells, {
      x: 'decided',
      y: 'truth',
      text: (at: Cell) => `of ${at.truth}`,
      fill: colour('muted'),
      dy: 23,
    }),
  ],
})

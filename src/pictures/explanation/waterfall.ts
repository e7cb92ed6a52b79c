import * as Plot from '@observablehq/plot'
import { namesAxis } from '../axes.ts'
import { definePicture, isNarrow, named, type Panel } from '../define.ts'
import type { LegendItem } from '../legend.ts'
import { ownMark } from '../own-mark.ts'
import { colour } from '../palette.ts'
import type { Picture } from '../picture.ts'
import { svgElement } from '../svg-element.ts'
import { scoreText, shortened } from '../words.ts'
import { contributionText, rawText, unitWords, type ContributionUnit } from './contribution.ts'
import { stepsOf, type Step, type WaterfallContribution } from './waterfall-steps.ts'

export type WaterfallInput = {
  unit: ContributionUnit
  /** What the model says where nothing is known of a row. */
  baseValue: number
  /** The base value and all contributions together. */
  raw: number
  /** What was answered, where it is to be told: the raw score as a probability, calibrated if the model is. */
  score?: number
  /** Of every feature, in any order. */
  contributions: WaterfallContribution[]
  /** How many have a bar of their own; the rest is one bar. */
  mostFeatures?: number
}

const rowHeight = 25
const legend: LegendItem[] = [
  { words: 'raises the score', colour: 'raises' },
  { words: 'lowers it', colour: 'lowers' },
]

/** How one prediction came about: from the base value over the contributions, the largest first, to the raw score. */
export function waterfallPicture({ mostFeatures = 10, ...input }: WaterfallInput): Picture {
  const { unit, baseValue, raw, score, contributions } = input
  const steps = stepsOf(input, mostFeatures)
  return definePicture({
    title: 'How the score came about',
    description: `From the base value ${rawText(baseValue, unit)} to the raw score ${rawText(raw, unit)} (${unitWords[unit].name}): ${steps
      .filter(({ kind }) => kind === 'contribution')
      .map((step) => `${step.label} ${contributionText(step.to - step.from, unit)}`)
      .join(', ')}.`,
    headline: [
      `base value ${rawText(baseValue, unit)}`,
      `raw score ${rawText(raw, unit)}${unit === 'probability' ? '' : ` (${unitWords[unit].name})`}`,
      ...(score === undefined ? [] : [`answered score ${scoreText(score)}`]),
    ],
    legend,
    heightFor: (width) => 72 + (isNarrow(width) ? 32 : 0) + steps.length * rowHeight,
    empty: contributions.length === 0 ? 'The model reads no feature, so there is nothing to explain.' : undefined,
    panels: (width) => [{ plot: waterfall(steps, { unit, width }) }],
  })
}

function waterfall(steps: Step[], { unit, width }: { unit: ContributionUnit; width: number }): Panel['plot'] {
  const { factor, raw } = unitWords[unit]
  const rows = steps.map((step, i) => ({ ...step, name: String(i), from: step.from * factor, to: step.to * factor }))
  const ends = rows.filter(({ kind }) => kind === 'end')
  const bars = rows.filter(({ kind }) => kind === 'contribution')
  const most = Math.floor((width * 0.4 - 14) / 6.2)
  const suffix = isNarrow(width) ? unitWords[unit].suffix : ''
  const figure = (row: Row) => contributionText((row.to - row.from) / factor, unit).replace(suffix, '')
  const room = Math.max(...rows.map((row) => figure(row).length), 7) * 6.2 + 10
  const labels = rows.map((row) => ({ name: row.name, label: fitted(row, most) }))
  return {
    ...namesAxis(labels, width),
    marginTop: 8,
    marginRight: 8,
    x: {
      label: `raw score (${raw})`,
      labelArrow: 'none',
      labelAnchor: 'center',
      grid: true,
      ticks: isNarrow(width) ? 3 : 6,
      domain: spanOf(rows),
      insetLeft: room,
      insetRight: room,
    },
    marks: [
      connections(rows),
      named(
        'contributions',
        Plot.barX(bars, {
          y: 'name',
          x1: 'from',
          x2: 'to',
          fill: (row: Row) => colour(row.to >= row.from ? 'raises' : 'lowers'),
          title: ({ label, value, from, to }: Row) =>
            `${fitted({ label, value }, 200)}: ${contributionText((to - from) / factor, unit)}`,
        }),
      ),
      named('ends', Plot.tickX(ends, { y: 'name', x: 'to', stroke: colour('text'), strokeWidth: 2.5 })),
      ...figures(bars, figure),
      ...figures(ends, (row) => rawText(row.to / factor, unit)),
    ],
  }
}

type Row = Step & { name: string }

/** `feature = value` in at most so many characters: the value keeps up to half of them. */
function fitted({ label, value }: Pick<Step, 'label' | 'value'>, most: number): string {
  if (value === undefined) return shortened(label, most)
  const shownValue = shortened(value, Math.max(Math.floor(most / 2), most - label.length - 3))
  return `${shortened(label, most - shownValue.length - 3)} = ${shownValue}`
}

/** From the least to the greatest score on the way. */
function spanOf(rows: Row[]): [from: number, to: number] {
  const scores = rows.flatMap(({ from, to }) => [from, to])
  const [low, high] = [Math.min(...scores), Math.max(...scores)]
  return high > low ? [low, high] : [low - 1, high + 1]
}

/** A row's figure beyond the end that its bar goes to. */
const figures = (rows: Row[], words: (row: Row) => string): Plot.Markish[] =>
  [rows.filter(({ from, to }) => to >= from), rows.filter(({ from, to }) => to < from)].map((some, isLowering) =>
    Plot.text(some, {
      y: 'name',
      x: 'to',
      text: words,
      textAnchor: isLowering ? 'end' : 'start',
      dx: isLowering ? -6 : 6,
      fill: colour('text'),
    }),
  )

/** Thin lines that lead from the end of a row to the start of the next. */
const connections = (rows: Row[]) =>
  ownMark(({ scales: { x, y, scales }, ...canvas }) => {
    const group = svgElement(canvas, 'g', { 'aria-label': 'connections', style: `stroke: ${colour('borderStrong')}` })
    for (const [i, row] of rows.slice(0, -1).entries()) {
      const at = x!(row.to)
      const [top, bottom] = [y!(row.name) + scales.y!.bandwidth!, y!(rows[i + 1].name)]
      group.append(svgElement(canvas, 'line', { x1: at, x2: at, y1: top, y2: bottom }))
    }
    return group
  })

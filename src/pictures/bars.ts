import * as Plot from '@observablehq/plot'
import { namesAxis } from './axes.ts'
import { named, type Panel } from './define.ts'
import { colour, type ColourName } from './palette.ts'

export type Bar = {
  /** Tells bars apart, and is written beside the bar. */
  name: string
  value: number
  /** Written at the end of the bar. */
  words: string
  tone?: ColourName
}

type Options = { width: number; axis: Plot.ScaleOptions; ariaLabel: string }

const rowHeight = 21

/** The height of a picture of lying bars, with its axis and a line of words. */
export const barsHeight = (nBars: number) => 58 + nBars * rowHeight

/** Lying bars in the order given, each with its name to the left and its figure at its end. */
export function lyingBars(bars: Bar[], { width, axis, ariaLabel }: Options): Panel['plot'] {
  return {
    marginTop: 6,
    ...namesAxis(bars, width),
    marginRight: 52,
    x: { labelArrow: 'none', labelAnchor: 'center', grid: true, ticks: 4, ...axis },
    marks: [
      named(
        ariaLabel,
        Plot.barX(bars, {
          y: 'name',
          x: 'value',
          fill: (bar: Bar) => colour(bar.tone ?? 'chartCurrent'),
          rx2: 2,
          title: (bar: Bar) => `${bar.name}: ${bar.words}`,
        }),
      ),
      Plot.text(bars, { y: 'name', x: 'value', text: 'words', textAnchor: 'start', dx: 5, fill: colour('text') }),
      Plot.ruleX([0], { stroke: colour('borderStrong') }),
    ],
  }
}

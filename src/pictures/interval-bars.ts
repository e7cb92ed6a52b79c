import * as Plot from '@observablehq/plot'
import { namesAxis } from './axes.ts'
import { named, type Panel } from './define.ts'
import { colour, type ColourName } from './palette.ts'
import { rowTargets } from './row-targets.ts'

/** A figure of something that has a name, with the interval it lies in. */
export type IntervalBar = { name: string; label?: string; mean: number; lower: number; upper: number }

type Options = {
  width: number
  /** What is measured, with its unit. */
  axis: string
  ariaLabel: string
  tone: ColourName
  /** The figures of a bar in words. */
  words: (bar: IntervalBar) => string
}

const rowHeight = 21

/** The height of a frame of such bars with its axis. */
export const intervalBarsHeight = (nBars: number) => 42 + nBars * rowHeight

/** Lying bars in the order given, each with its interval as a line over it. */
export const intervalBars = (bars: IntervalBar[], options: Options): Panel['plot'] => ({
  ...namesAxis(bars, options.width),
  marginTop: 4,
  marginRight: 16,
  x: {
    label: `${options.axis}, 95 % interval`,
    labelArrow: 'none',
    labelAnchor: 'center',
    grid: true,
    nice: true,
    ticks: 4,
  },
  marks: [
    named(
      options.ariaLabel,
      Plot.barX(bars, { y: 'name', x: 'mean', fill: colour(options.tone), rx2: 2, title: options.words }),
    ),
    named(
      'intervals',
      Plot.ruleY(bars, { y: 'name', x1: 'lower', x2: 'upper', stroke: colour('text'), strokeWidth: 1.5 }),
    ),
    Plot.ruleX([0], { stroke: colour('borderStrong') }),
    rowTargets(bars, options.words),
  ],
})

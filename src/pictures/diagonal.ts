import * as Plot from '@observablehq/plot'
import { named } from './define.ts'
import { colour } from './palette.ts'

/** The line from corner to corner of two axes of shares: what a guess would reach, or what perfect scores would. */
export const diagonal = (name: string, { isLabelled = true } = {}): Plot.Markish[] => [
  named(
    name,
    Plot.line([0, 1], { x: (at) => at, y: (at) => at, stroke: colour('chartReference'), strokeDasharray: '4 4' }),
  ),
  ...(isLabelled
    ? [
        Plot.text([0.62], {
          x: (at) => at,
          y: (at) => at,
          text: () => name,
          textAnchor: 'start',
          dx: 8,
          dy: 6,
          fill: colour('muted'),
        }),
      ]
    : []),
]

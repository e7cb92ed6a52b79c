import * as Plot from '@observablehq/plot'
import { definePicture, named } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { scoreText } from './words.ts'

export type LearningCurveInput = {
  /** What is measured, with its unit if it has one. */
  metric: string
  /** What a step is: `trees`, `iteration`. */
  step: string
  /** In any order; of several folds each is a line. */
  points: { step: number; value: number; set: 'training' | 'validation'; fold?: number }[]
  /** The step that is kept. */
  chosenStep?: number
}

type Point = LearningCurveInput['points'][number]

const lineOf = ({ set, fold }: Point) => `${set} ${fold ?? ''}`

/** How a metric goes with the steps of a training: the folds as lines, training dashed, with the step that is kept. */
export function learningCurvePicture({ metric, step, points, chosenStep }: LearningCurveInput): Picture {
  const sorted = points.filter((point) => Number.isFinite(point.value)).toSorted((a, b) => a.step - b.step)
  const lines = new Set(sorted.map(lineOf)).size
  const sets = (['validation', 'training'] as const).filter((set) => sorted.some((point) => point.set === set))
  const last = sorted.findLast((point) => point.set === 'validation')
  const headline = [
    ...sets.map((set) => `${set === 'training' ? '– –' : '—'} ${set}`),
    ...(chosenStep === undefined ? [] : [`│ kept: ${step} ${chosenStep}`]),
    ...(last === undefined ? [] : [`last validation ${scoreText(last.value)}`]),
  ]
  return definePicture({
    title: 'Learning curve',
    description: `${metric} against ${step}, ${lines} ${lines === 1 ? 'line' : 'lines'}. ${headline.join(', ')}.`,
    headline,
    heightFor: (width) => Math.round(Math.min(Math.max(width * 0.55, 210), 300)),
    empty: sorted.length === 0 ? `No ${metric} has been told yet.` : undefined,
    panels: () => [
      {
        plot: {
          marginLeft: 52,
          x: { label: step, labelArrow: 'none', labelAnchor: 'center', ticks: 5, tickFormat: 'd' },
          y: { label: metric, labelArrow: 'none', labelAnchor: 'top', grid: true, ticks: 5, nice: true },
          marks: [
            ...(chosenStep === undefined
              ? []
              : [named('kept', Plot.ruleX([chosenStep], { stroke: colour('text'), strokeWidth: 1.5 }))]),
            // A line of one point would not be seen.
            ...(sorted.length <= 2 * lines
              ? [Plot.dot(sorted, { x: 'step', y: 'value', r: 3, fill: colour('chartCurrent') })]
              : []),
            ...sets.map((set) =>
              named(
                set,
                Plot.line(
                  sorted.filter((point) => point.set === set),
                  {
                    x: 'step',
                    y: 'value',
                    z: lineOf,
                    stroke: colour(set === 'training' ? 'chartReference' : 'chartCurrent'),
                    strokeWidth: 1.75,
                    strokeDasharray: set === 'training' ? '6 3' : undefined,
                  },
                ),
              ),
            ),
          ],
        },
      },
    ],
  })
}

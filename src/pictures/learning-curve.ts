import * as Plot from '@observablehq/plot'
import { definePicture, named } from './define.ts'
import { colour, type ColourName } from './palette.ts'
import type { Picture } from './picture.ts'
import { scoreText } from './words.ts'

/** Rows that were learned from, rows that tell when to stop, rows that were not seen. */
type CurveSet = 'training' | 'held-out' | 'validation'

export type LearningCurveInput = {
  /** What is measured, with its unit if it has one. */
  metric: string
  /** What a step is: `trees`, `iteration`. */
  step: string
  /** In any order; of several folds each is a line. */
  points: { step: number; value: number; set: CurveSet; fold?: number }[]
  /** The step that is kept. */
  chosenStep?: number
  /** Which values are good: then the best of each line is marked, of unseen rows, or of held-out ones where there are none. */
  better?: 'lower' | 'higher'
  /** Where it ends, while it is not there yet: the lines grow into the frame. */
  lastStep?: number
}

type Point = LearningCurveInput['points'][number]

const lineOf = ({ set, fold }: Point) => `${set} ${fold ?? ''}`

/** How the lines of a set look, and are told apart in words. */
const lookOf: Record<CurveSet, { mark: string; stroke: ColourName; strokeDasharray?: string }> = {
  validation: { mark: '—', stroke: 'chartCurrent' },
  'held-out': { mark: '· ·', stroke: 'chartCurrent', strokeDasharray: '2 3' },
  training: { mark: '– –', stroke: 'chartReference', strokeDasharray: '6 3' },
}

const allSets = Object.keys(lookOf) as CurveSet[]

/** The best point of each line that judges, the first of equals. */
function bestOf(sorted: Point[], better: 'lower' | 'higher'): Point[] {
  const judge = sorted.some(({ set }) => set === 'validation') ? 'validation' : 'held-out'
  const best = new Map<string, Point>()
  for (const point of sorted) {
    if (point.set !== judge) continue
    const known = best.get(lineOf(point))
    if (!known || (better === 'lower' ? point.value < known.value : point.value > known.value))
      best.set(lineOf(point), point)
  }
  return [...best.values()]
}

/** The mean of the folds' best, or the one there is with its step. */
function bestWords(best: Point[], step: string): string[] {
  if (best.length === 0) return []
  if (best.length === 1) return [`● best so far ${scoreText(best[0].value)} at ${step} ${best[0].step}`]
  const mean = best.reduce((sum, { value }) => sum + value, 0) / best.length
  return [`● best so far, mean of ${best.length} folds ${scoreText(mean)}`]
}

/** How a metric goes with the steps of a training: the folds as lines, training dashed, with the step that is kept. */
export function learningCurvePicture(input: LearningCurveInput): Picture {
  const { metric, step, points, chosenStep, better, lastStep } = input
  const sorted = points.filter((point) => Number.isFinite(point.value)).toSorted((a, b) => a.step - b.step)
  const lines = new Set(sorted.map(lineOf)).size
  const sets = allSets.filter((set) => sorted.some((point) => point.set === set))
  const last = sorted.findLast((point) => point.set === 'validation')
  const best = better === undefined ? [] : bestOf(sorted, better)
  const headline = [
    ...sets.map((set) => `${lookOf[set].mark} ${set}`),
    ...(chosenStep === undefined ? [] : [`│ kept: ${step} ${chosenStep}`]),
    ...bestWords(best, step),
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
          x: {
            label: step,
            labelArrow: 'none',
            labelAnchor: 'center',
            ticks: 5,
            tickFormat: 'd',
            ...domainTo(lastStep),
          },
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
                    stroke: colour(lookOf[set].stroke),
                    strokeWidth: 1.75,
                    strokeDasharray: lookOf[set].strokeDasharray,
                  },
                ),
              ),
            ),
            ...(best.length === 0
              ? []
              : [named('best', Plot.dot(best, { x: 'step', y: 'value', r: 4, fill: colour('okMark') }))]),
          ],
        },
      },
    ],
  })
}

const domainTo = (lastStep: number | undefined) => (lastStep === undefined ? {} : { domain: [0, lastStep] })

import * as Plot from '@observablehq/plot'
import { namesAxis, onTop } from '../axes.ts'
import { definePicture, isNarrow, named, type Panel } from '../define.ts'
import { ownMark } from '../own-mark.ts'
import { colour } from '../palette.ts'
import type { Picture } from '../picture.ts'
import { svgElement } from '../svg-element.ts'
import { countText, shareText } from '../words.ts'
import { labelOf, type Feature } from './contribution.ts'
import { dotPaths } from './dot-paths.ts'
import { valueText } from './feature-value.ts'
import { byRows, dependencePoints, medianOf, type DependencePoint } from './partial-points.ts'
import { swarmOffsets } from './swarm.ts'
import { valueAxis } from './value-axis.ts'

/** Scores with a feature set to each value in turn, all else as it is in the row; dates are days since 1970-01-01 UTC. */
export type PartialDependenceInput = {
  feature: string
  label?: string
  kind: Feature['kind']
  format?: 'date'
  grid: (number | string)[]
  /** Mean score at each grid point. */
  mean: number[]
  /** A curve over the grid points for each of some rows. */
  ice: number[][]
  /** Of the rows that lie at or nearest to each grid point. */
  share: number[]
  /** The same with nothing in the place of the feature. */
  missing?: { mean: number; ice: number[]; share: number }
}

type Look = { feature: Feature; points: DependencePoint[]; width: number }

/** More curves would be a grey area. */
const mostCurves = 60

/**
 * How the score goes with a feature when nothing else changes: the mean over rows with the curves of single rows behind
 * it, dashed where hardly any row lies, and below how many rows lie where. Categories are rows of dots.
 */
export function partialDependencePicture(input: PartialDependenceInput): Picture {
  const { kind, format, label } = input
  const feature: Feature = { name: input.feature, label, kind, format }
  const ice = input.ice.slice(0, mostCurves)
  const points = dependencePoints({ ...input, ice })
  const known = points.filter(({ value }) => value !== null)
  const [low, high] = spanOf(points.map(({ mean }) => mean))
  const isCategory = kind === 'category'
  return definePicture({
    title: `Score by ${labelOf(feature)}`,
    description: `Mean score with ${labelOf(feature)} set to each of ${known.length} values in every row: from ${shareText(low)} to ${shareText(high)}. ${placesOf(points, feature)}`,
    headline: [
      isCategory ? '● mean score' : '— mean score',
      ...(!isCategory && byRows(known).few.length > 0 ? ['– – few rows'] : []),
      ...(ice.length === 0 ? [] : [`${isCategory ? 'grey dots' : 'grey lines'}: ${countText(ice.length)} single rows`]),
    ],
    heightFor: (width) =>
      isCategory ? 92 + points.length * 30 : Math.round(Math.min(Math.max(width * 0.6, 290), 360)),
    empty: points.length === 0 ? `${labelOf(feature)} has no values over which the score could be shown.` : undefined,
    panels: (width) => {
      const look = { feature, points, width }
      if (isCategory) return [{ plot: ofLevels(look) }]
      return [
        { part: 5, plot: curves(look) },
        { part: 3, plot: shares(look) },
      ]
    },
  })
}

const spanOf = (values: number[]) =>
  values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [1, 0])

function placesOf(points: DependencePoint[], feature: Feature): string {
  const byScore = points.toSorted((a, b) => a.mean - b.mean)
  const words = (point: DependencePoint | undefined) =>
    point === undefined ? '–' : `${valueText(point.value, feature)} (${shareText(point.mean)})`
  return `Lowest at ${words(byScore[0])}, highest at ${words(byScore.at(-1))}.`
}

/** In percent, with some room, within 0 and 100. */
function scoreDomain(points: DependencePoint[]): [from: number, to: number] {
  const [low, high] = spanOf(points.flatMap(({ mean, ice }) => [mean, ...ice]))
  const room = Math.max((high - low) * 0.06, 0.005)
  return [Math.max(low - room, 0) * 100, Math.min(high + room, 1) * 100]
}

const numberAxis = ({ feature, points, width }: Look) =>
  valueAxis(feature, {
    values: points.flatMap(({ value }) => (typeof value === 'number' ? [value] : [])),
    // Of the points, many may stand where hardly any row does.
    median: medianOf(points.filter(({ value }) => value !== null)),
    hasMissing: points.some(({ value }) => value === null),
    width,
  })

function curves(look: Look): Panel['plot'] {
  const { points } = look
  const axis = numberAxis(look)
  const known = points.filter(({ value }) => value !== null)
  const at = ({ value }: DependencePoint) => axis.at(value as number | null)
  const single = known.flatMap((point) => point.ice.map((score, row) => ({ x: at(point), score: score * 100, row })))
  const mean = byRows(known)
  const meanLine = (part: (DependencePoint | undefined)[], strokeDasharray?: string) =>
    Plot.line(part, {
      x: (point?: DependencePoint) => point && at(point),
      y: (point?: DependencePoint) => point && point.mean * 100,
      stroke: colour('chartCurrent'),
      strokeWidth: 2.5,
      strokeDasharray,
    })
  const apart = points.filter(({ value }) => value === null || known.length <= 12)
  return {
    marginLeft: 46,
    marginBottom: 8,
    x: axis.scale,
    y: {
      ...onTop({ label: 'score (%)', labelArrow: 'none', grid: true, ticks: 5 }),
      domain: scoreDomain(points),
    },
    marks: [
      ...axis.grid,
      named(
        'single rows',
        Plot.line(single, {
          x: 'x',
          y: 'score',
          z: 'row',
          stroke: colour('chartReference'),
          strokeWidth: 1,
          strokeOpacity: 0.4,
        }),
      ),
      named('mean', meanLine(mean.many)),
      ...(mean.few.length === 0 ? [] : [named('mean where few rows lie', meanLine(mean.few, '5 5'))]),
      named(
        'points',
        Plot.dot(apart, {
          x: at,
          y: (point) => point.mean * 100,
          r: 3.5,
          fill: colour('chartCurrent'),
          title: pointWords(look.feature),
        }),
      ),
    ],
  }
}

const pointWords = (feature: Feature) => (point: DependencePoint) =>
  `${valueText(point.value, feature)}: mean score ${shareText(point.mean)}\n${shareText(point.share)} of rows`

function shares(look: Look): Panel['plot'] {
  const axis = numberAxis(look)
  const largest = Math.max(...look.points.map(({ share }) => share))
  const nPoints = look.points.length
  return {
    marginLeft: 46,
    marginTop: 22,
    marginBottom: axis.marginBottom,
    x: axis.scale,
    y: {
      ...onTop({ label: 'share of rows (%)', labelArrow: 'none', grid: true, ticks: 2 }),
      domain: [0, Math.max(largest * 110, 1)],
    },
    marks: [
      ...axis.grid,
      ...axis.axis,
      named(
        'shares',
        Plot.ruleX(look.points, {
          x: ({ value }: DependencePoint) => axis.at(value as number | null),
          y1: 0,
          y2: (point: DependencePoint) => point.share * 100,
          stroke: colour('chartReference'),
          strokeWidth: Math.min(Math.max((look.width * 0.25) / nPoints, 1.5), 7),
          title: pointWords(look.feature),
        }),
      ),
      Plot.ruleY([0], { stroke: colour('borderStrong') }),
    ],
  }
}

function ofLevels({ feature, points, width }: Look): Panel['plot'] {
  const rows = points.map((point) => ({ ...point, label: valueText(point.value, feature) }))
  const domain = scoreDomain(points)
  return {
    ...namesAxis(rows, width),
    marginTop: 8,
    marginRight: 64,
    x: {
      label: 'score (%)',
      labelArrow: 'none',
      labelAnchor: 'center',
      grid: true,
      ticks: isNarrow(width) ? 3 : 6,
      domain,
    },
    marks: [
      ownMark(({ scales: { x, y, scales }, ...canvas }) => {
        const group = svgElement(canvas, 'g', { 'aria-label': 'single rows', opacity: 0.6 })
        const half = scales.y!.bandwidth! / 2
        for (const { name, ice } of points) {
          const offsets = swarmOffsets(
            ice.map((score) => score * 100),
            domain,
            half / 1.6,
          )
          const dots = ice.map((score, i) => ({
            x: x!(score * 100),
            y: y!(name) + half + offsets[i] * half,
            colour: 'chartReference' as const,
          }))
          group.append(...dotPaths(dots, 1.6, canvas))
        }
        return group
      }),
      named(
        'mean',
        Plot.dot(points, {
          x: (point) => point.mean * 100,
          y: 'name',
          r: 4.5,
          fill: colour('chartCurrent'),
          title: pointWords(feature),
        }),
      ),
      Plot.text(points, {
        y: 'name',
        frameAnchor: 'right',
        textAnchor: 'end',
        dx: 60,
        text: (point: DependencePoint) => shareText(point.share),
        fill: colour('muted'),
      }),
      Plot.text(['of rows'], { frameAnchor: 'bottom-right', textAnchor: 'end', dx: 60, dy: 14, fill: colour('muted') }),
    ],
  }
}

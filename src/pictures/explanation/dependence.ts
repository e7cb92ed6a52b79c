import * as Plot from '@observablehq/plot'
import { namesAxis } from '../axes.ts'
import { definePicture, isNarrow, named, type Panel } from '../define.ts'
import { ownMark } from '../own-mark.ts'
import { colour, type ColourName } from '../palette.ts'
import type { Picture } from '../picture.ts'
import { svgElement } from '../svg-element.ts'
import { countText } from '../words.ts'
import { contributionAxis, rangeOf } from './contribution-axis.ts'
import {
  contributionText,
  labelOf,
  unitWords,
  type ContributionRows,
  type ContributionUnit,
  type Feature,
  type FeatureValue,
} from './contribution.ts'
import { dotPaths } from './dot-paths.ts'
import { levelRows, type LevelRow } from './level-rows.ts'
import { swarmOffsets } from './swarm.ts'
import { valueAxis } from './value-axis.ts'
import { valueColours } from './value-colours.ts'

export type DependenceInput = {
  unit: ContributionUnit
  feature: Feature & ContributionRows
  /** Another feature on the same rows, by whose values the dots are coloured. */
  colourBy?: Feature & { values: FeatureValue[] }
}

type Look = { unit: ContributionUnit; width: number; colours: ColourName[] }

const radius = 2.2
const stripHeight = 30

/**
 * What a feature's values did to the raw score: a dot for each sampled row, over the value of a number or a date, or in
 * the strip of its category. Rows without a value have a place of their own.
 */
export function dependencePicture({ unit, feature, colourBy }: DependenceInput): Picture {
  const nRows = feature.contributions.length
  const values = colourBy === undefined ? undefined : valueColours(colourBy, colourBy.values)
  const colours = feature.values.map((_, i): ColourName => values?.of(colourBy!.values[i]) ?? 'chartCurrent')
  const isCategory = feature.kind === 'category'
  const strips = isCategory ? levelRows(feature.values) : []
  return definePicture({
    title: `Contribution of ${labelOf(feature)}`,
    description: `What ${labelOf(feature)} added to the ${unitWords[unit].name} of ${countText(nRows)} sampled rows, by its value${colourBy === undefined ? '' : `, coloured by ${labelOf(colourBy)}`}. ${extremes(feature, unit)}`,
    headline: [
      `${countText(nRows)} sampled rows`,
      ...(isCategory ? ['│ mean of the rows'] : []),
      ...(colourBy === undefined ? [] : [`colour: ${labelOf(colourBy)}`]),
    ],
    legend: values?.legend,
    heightFor: (width) =>
      isCategory ? 92 + strips.length * stripHeight : Math.round(Math.min(Math.max(width * 0.6, 250), 340)),
    empty: nRows === 0 ? `There are no rows on which ${labelOf(feature)} could be shown.` : undefined,
    panels: (width) => {
      const look = { unit, width, colours }
      return [{ plot: isCategory ? inStrips(feature, strips, look) : overValues(feature, look) }]
    },
  })
}

function extremes({ contributions }: ContributionRows, unit: ContributionUnit): string {
  const [low, high] = contributions.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [0, 0])
  return `From ${contributionText(low, unit)} to ${contributionText(high, unit)}.`
}

function overValues(feature: DependenceInput['feature'], { unit, width, colours }: Look): Panel['plot'] {
  const places = feature.contributions.map((contribution) => contribution * unitWords[unit].factor)
  const numbers = feature.values.map((value) => (typeof value === 'number' ? value : null))
  const known = numbers.filter((value) => value !== null)
  const axis = valueAxis(feature, { values: known, hasMissing: known.length < numbers.length, width })
  return {
    marginLeft: 52,
    marginBottom: axis.marginBottom,
    x: axis.scale,
    y: {
      label: `contribution (${isNarrow(width) ? unitWords[unit].short : unitWords[unit].axis})`,
      labelArrow: 'none',
      labelAnchor: 'top',
      grid: true,
      ticks: 6,
      domain: rangeOf(places),
    },
    marks: [
      ...axis.grid,
      ...axis.axis,
      Plot.ruleY([0], { stroke: colour('borderStrong') }),
      ownMark(({ scales: { x, y }, ...canvas }) => {
        const group = svgElement(canvas, 'g', { 'aria-label': 'dots' })
        const room = Math.abs(x!(axis.at(null)) - x!(axis.missingEnd)) * 1.2
        // Rows without a value would lie on one line; each is moved aside, always to the same place.
        const aside = (row: number) => (((row * 0.618034) % 1) - 0.5) * room
        const dots = numbers.map((value, row) => ({
          x: x!(axis.at(value)) + (value === null ? aside(row) : 0),
          y: y!(places[row]),
          colour: colours[row],
        }))
        group.append(...dotPaths(dots, radius, canvas))
        return group
      }),
    ],
  }
}

function inStrips(feature: DependenceInput['feature'], strips: LevelRow[], look: Look): Panel['plot'] {
  const { unit, width, colours } = look
  const places = feature.contributions.map((contribution) => contribution * unitWords[unit].factor)
  const domain = rangeOf(places)
  const means = strips.map(({ name, rows }) => ({
    name,
    mean: rows.reduce((sum, row) => sum + places[row], 0) / rows.length,
  }))
  return {
    ...namesAxis(strips, width),
    marginTop: 8,
    x: { ...contributionAxis(unit, width), domain },
    marks: [
      Plot.ruleX([0], { stroke: colour('borderStrong') }),
      ownMark(({ scales: { x, y, scales }, ...canvas }) => {
        const group = svgElement(canvas, 'g', { 'aria-label': 'dots' })
        const half = scales.y!.bandwidth! / 2
        for (const { name, rows } of strips) {
          const offsets = swarmOffsets(
            rows.map((row) => places[row]),
            domain,
            half / radius,
          )
          const dots = rows.map((row, i) => ({
            x: x!(places[row]),
            y: y!(name) + half + offsets[i] * half,
            colour: colours[row],
          }))
          group.append(...dotPaths(dots, radius, canvas))
        }
        return group
      }),
      named('means', Plot.tickX(means, { y: 'name', x: 'mean', stroke: colour('text'), strokeWidth: 2, inset: -3 })),
    ],
  }
}

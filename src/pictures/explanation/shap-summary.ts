import * as Plot from '@observablehq/plot'
import { namesAxis } from '../axes.ts'
import { definePicture, isNarrow, type Panel } from '../define.ts'
import { ownMark } from '../own-mark.ts'
import { colour, type ColourName } from '../palette.ts'
import type { Picture } from '../picture.ts'
import { rowTargets } from '../row-targets.ts'
import { svgElement } from '../svg-element.ts'
import { countText } from '../words.ts'
import {
  labelOf,
  sizeText,
  unitWords,
  type ContributionRows,
  type ContributionUnit,
  type Feature,
} from './contribution.ts'
import { contributionAxis, rangeOf } from './contribution-axis.ts'
import { dotPaths } from './dot-paths.ts'
import { sampledRows } from './sampled-rows.ts'
import { swarmOffsets } from './swarm.ts'
import { commonLegend, valueColours } from './value-colours.ts'

/** A feature on sampled rows; the same rows, in the same order, for every feature. */
export type SummaryFeature = Feature & ContributionRows & { meanAbs: number }

export type ShapSummaryInput = {
  unit: ContributionUnit
  /** In the order in which they are to be shown. */
  features: SummaryFeature[]
  /** How many of them are drawn. */
  mostFeatures?: number
}

const rowHeight = 26
/** A dot for a good part of the rows is enough to see how they are spread. */
const mostRows = 500

/** What each feature did to each sampled row: a row of dots for a feature, coloured by the feature's value. */
export function shapSummaryPicture({ unit, features, mostFeatures = 20 }: ShapSummaryInput): Picture {
  const nRows = features[0]?.contributions.length ?? 0
  const shown = features.slice(0, mostFeatures)
  return definePicture({
    title: 'Contributions of the features',
    description: `What each of ${shown.length} features added to the ${unitWords[unit].name} of ${countText(nRows)} sampled rows, a dot for a row. The largest on average: ${shown.slice(0, 5).map(averageText(unit)).join(', ')}.`,
    headline: [
      `${countText(nRows)} sampled rows, a dot for ${nRows > mostRows ? `${mostRows} of them` : 'each'}`,
      ...(shown.length < features.length ? [`the first ${shown.length} of ${features.length} features`] : []),
    ],
    legend: commonLegend(shown),
    heightFor: () => 82 + shown.length * rowHeight,
    empty: nRows === 0 ? 'There are no rows whose contributions could be shown.' : undefined,
    panels: (width) => [{ plot: swarms(shown, { unit, width }) }],
  })
}

const averageText = (unit: ContributionUnit) => (feature: SummaryFeature) =>
  `${labelOf(feature)} ${sizeText(feature.meanAbs, unit)}`

function swarms(features: SummaryFeature[], { unit, width }: { unit: ContributionUnit; width: number }): Panel['plot'] {
  const rows = sampledRows(features[0].contributions.length, mostRows)
  const drawn = features.map((feature) => drawnRows(feature, { rows, factor: unitWords[unit].factor }))
  const domain = rangeOf(drawn.flatMap(({ places }) => places))
  return {
    ...namesAxis(features, width),
    marginTop: 8,
    marginBottom: 38,
    x: { ...contributionAxis(unit, width), domain },
    marks: [
      Plot.ruleX([0], { stroke: colour('borderStrong') }),
      swarmMark(drawn, { domain, radius: radiusFor(rows.length, width) }),
      rowTargets(features, (feature) => `${averageText(unit)(feature)} on average`),
    ],
  }
}

/** Few dots can be larger. */
const radiusFor = (nRows: number, width: number) => (isNarrow(width) ? 1.5 : nRows > 250 ? 1.9 : 2.3)

type Drawn = { name: string; places: number[]; colours: ColourName[] }

function drawnRows(feature: SummaryFeature, { rows, factor }: { rows: number[]; factor: number }): Drawn {
  const { of } = valueColours(feature, feature.values)
  return {
    name: feature.name,
    places: rows.map((row) => feature.contributions[row] * factor),
    colours: rows.map((row) => of(feature.values[row])),
  }
}

const swarmMark = (features: Drawn[], { domain, radius }: { domain: [number, number]; radius: number }) =>
  ownMark(({ scales: { x, y, scales }, ...canvas }) => {
    const group = svgElement(canvas, 'g', { 'aria-label': 'rows of features' })
    const half = scales.y!.bandwidth! / 2
    for (const { name, places, colours } of features) {
      const middle = y!(name) + half
      const offsets = swarmOffsets(places, domain, half / radius)
      const dots = places.map((place, i) => ({ x: x!(place), y: middle + offsets[i] * half, colour: colours[i] }))
      const row = svgElement(canvas, 'g', { 'aria-label': name })
      row.append(...dotPaths(dots, radius, canvas))
      group.append(row)
    }
    return group
  })

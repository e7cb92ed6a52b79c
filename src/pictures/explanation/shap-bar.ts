import { definePicture } from '../define.ts'
import { intervalBars, intervalBarsHeight } from '../interval-bars.ts'
import type { Picture } from '../picture.ts'
import { labelOf, sizeText, unitWords, type ContributionUnit, type Feature } from './contribution.ts'

export type ShapBarInput = {
  unit: ContributionUnit
  /** Mean size of the contribution over the rows with its 95 % interval, in the order in which they are to be shown. */
  features: (Feature & { meanAbs: number; lower: number; upper: number })[]
  /** How many of them are drawn. */
  mostFeatures?: number
}

/** How much each feature moves the raw score, whichever way: a bar for each, with its interval. */
export function shapBarPicture({ unit, features, mostFeatures = 20 }: ShapBarInput): Picture {
  const { factor, axis, short, name } = unitWords[unit]
  const shown = features.slice(0, mostFeatures)
  const bars = shown.map((feature) => ({
    name: feature.name,
    label: labelOf(feature),
    mean: feature.meanAbs * factor,
    lower: feature.lower * factor,
    upper: feature.upper * factor,
  }))
  const inWords = new Map(
    shown.map((feature) => [
      feature.name,
      `${labelOf(feature)}: ${sizeText(feature.meanAbs, unit)} (${sizeText(feature.lower, unit)} to ${sizeText(feature.upper, unit)})`,
    ]),
  )
  return definePicture({
    title: 'Mean size of contributions',
    description: `By how much each of ${shown.length} features moves the ${name} on average, with 95 % intervals: ${[
      ...inWords.values(),
    ]
      .slice(0, 5)
      .join(', ')}.`,
    headline: shown.length < features.length ? [`the first ${shown.length} of ${features.length} features`] : [],
    heightFor: () => intervalBarsHeight(bars.length) + (shown.length < features.length ? 16 : 0),
    empty: bars.length === 0 ? 'There are no features whose contributions could be shown.' : undefined,
    panels: (width) => [
      {
        plot: intervalBars(bars, {
          width,
          axis: width < 560 ? `mean size (${short})` : `mean |contribution| (${axis})`,
          ariaLabel: 'contributions',
          tone: 'chartCurrent',
          words: (bar) => inWords.get(bar.name)!,
        }),
      },
    ],
  })
}

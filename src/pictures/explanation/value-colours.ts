import type { ColourName } from '../palette.ts'
import type { LegendItem } from '../legend.ts'
import type { Feature, FeatureValue } from './contribution.ts'
import { levelsOf, valueText } from './feature-value.ts'

const steps = ['scale1', 'scale2', 'scale3', 'scale4', 'scale5', 'scale6', 'scale7'] as const satisfies ColourName[]
const categories = ['category1', 'category2', 'category3', 'category4'] as const satisfies ColourName[]
/** Of what is missing, and of the levels for which there is no colour left. */
const grey: ColourName = 'chartReference'

export type ValueColours = {
  of: (value: FeatureValue) => ColourName
  /** What a level's colour stands for, or which end of the scale is which. */
  legend: LegendItem[]
}

/**
 * A colour for each value of a feature. Numbers go from low to high between their 5th and 95th percentile, so that a few
 * huge ones do not make all others look alike. The four most frequent levels of a category have colours, in the order of
 * their names. What is missing is grey.
 */
export const valueColours = (feature: Feature, values: FeatureValue[]): ValueColours =>
  feature.kind === 'number' ? ofNumbers(feature, values) : ofLevels(feature, values)

function ofNumbers(feature: Feature, values: FeatureValue[]): ValueColours {
  const sorted = Float64Array.from(values.filter((value) => typeof value === 'number')).toSorted()
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]
  const [low, high] = at(0.05) < at(0.95) ? [at(0.05), at(0.95)] : [sorted[0], sorted.at(-1)!]
  const of = (value: FeatureValue) => {
    if (typeof value !== 'number') return grey
    const place = high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5
    return steps[Math.min(Math.floor(place * steps.length), steps.length - 1)]
  }
  const ends = sorted.length === 0 ? [] : [low, high].map((value) => valueText(value, feature))
  return {
    of,
    legend: [
      ...(ends.length === 0 ? [] : [{ words: [ends[0], ends[1]] as [string, string], ramp: [...steps] }]),
      ...(values.includes(null) ? [missing] : []),
    ],
  }
}

function ofLevels(feature: Feature, values: FeatureValue[]): ValueColours {
  const counts = Map.groupBy(
    values.filter((value) => value !== null),
    String,
  )
  const levels = levelsOf(counts.keys()) as string[]
  const frequent = levels.toSorted((a, b) => counts.get(b)!.length - counts.get(a)!.length).slice(0, categories.length)
  const coloured = new Map(levels.filter((level) => frequent.includes(level)).map((level, i) => [level, categories[i]]))
  const nOthers = levels.length - coloured.size
  return {
    of: (value) => (value === null ? grey : (coloured.get(String(value)) ?? grey)),
    legend: [
      ...[...coloured].map(([level, colour]) => ({ words: valueText(level, feature), colour })),
      ...(nOthers > 0 ? [{ words: `${nOthers} other`, colour: grey }] : []),
      ...(values.includes(null) ? [missing] : []),
    ],
  }
}

const missing: LegendItem = { words: 'missing', colour: grey }

/** What the colours of a picture of several features stand for. */
export function commonLegend(features: (Feature & { values: FeatureValue[] })[]): LegendItem[] {
  const hasKind = (kind: Feature['kind']) => features.some((feature) => feature.kind === kind)
  return [
    ...(hasKind('number') ? [{ words: ['low', 'high value'] as [string, string], ramp: [...steps] }] : []),
    ...(hasKind('category') ? [{ words: 'each category its own', ramp: [...categories] }] : []),
    ...(features.some(({ values }) => values.includes(null)) ? [missing] : []),
  ]
}

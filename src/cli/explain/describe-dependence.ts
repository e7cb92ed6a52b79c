import { AssayError } from '../../errors/index.ts'
import { sizeText, valueText } from '../../pictures/index.ts'
import type { GlobalExplanation, PartialDependence } from '../../workflows/index.ts'
import { formatTable } from '../output.ts'
import { textBar } from './text-bar.ts'

const BAR_WIDTH = 30

/** What is known of one feature of a version. */
export type FeatureExplanation = {
  feature: GlobalExplanation['features'][number]
  dependence: PartialDependence
  /** place among the features by mean |contribution|, from 1 */
  rank: number
}

/** @throws USAGE_INVALID for a feature that the model does not have, or whose dependence is not kept */
export function getFeature(
  { features, dependence }: Pick<GlobalExplanation, 'features' | 'dependence'>,
  name: string,
): FeatureExplanation {
  const index = features.findIndex((feature) => feature.name === name)
  if (index < 0) {
    const known = features.map((feature) => feature.name).join(', ')
    throw new AssayError('USAGE_INVALID', { what: `The model has no feature ${name}; its features are ${known}.` })
  }
  const found = dependence.find((candidate) => candidate.feature === name)
  if (!found) {
    const kept = dependence.map(({ feature }) => feature).join(', ')
    const what = `The dependence on ${name} is not kept, only that on the most important features: ${kept}.`
    throw new AssayError('USAGE_INVALID', { what })
  }
  return { feature: features[index], dependence: found, rank: index + 1 }
}

/** How the score follows a feature: a row for each of its values. */
export function describeDependence(
  { model, version, unit, features }: GlobalExplanation,
  { feature, dependence, rank }: FeatureExplanation,
): string {
  const { grid, mean, share, missing } = dependence
  const points = grid.map((value, i) => ({ value: valueText(value, dependence), mean: mean[i], share: share[i] }))
  const all = missing ? [...points, { value: 'missing', mean: missing.mean, share: missing.share }] : points
  const largest = Math.max(...all.map((point) => point.mean))
  const rows = all.map((point) => [
    point.value,
    point.mean.toFixed(4),
    `${(100 * point.share).toFixed(1)} %`,
    textBar(largest > 0 ? point.mean / largest : 0, BAR_WIDTH),
  ])
  return [
    `${feature.name} in ${model} ${version}: ${rank} of ${features.length} by mean |contribution|, ${sizeText(feature.meanAbs, unit)}`,
    '',
    formatTable([[feature.name, 'mean score', 'rows here', ''], ...rows]),
  ].join('\n')
}

import type * as Plot from '@observablehq/plot'
import { isNarrow } from '../define.ts'
import { unitWords, type ContributionUnit } from './contribution.ts'

/** An x axis of contributions, in the unit of words. */
export const contributionAxis = (unit: ContributionUnit, width: number): Plot.ScaleOptions => ({
  label: isNarrow(width)
    ? `contribution (${unitWords[unit].short})`
    : `← lowers · contribution (${unitWords[unit].axis}) · raises →`,
  labelArrow: 'none',
  labelAnchor: 'center',
  grid: true,
  ticks: isNarrow(width) ? 4 : 7,
})

/** From the least to the greatest value and zero, with a twenty-fifth of room on either side. */
export function rangeOf(values: Iterable<number>): [from: number, to: number] {
  let [low, high] = [0, 0]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const room = (high - low) / 25 || 1
  return [low - room, high + room]
}

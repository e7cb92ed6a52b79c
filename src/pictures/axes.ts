import type * as Plot from '@observablehq/plot'
import { isNarrow } from './define.ts'

/** An axis of shares, written in percent, from 0 to 100 %. */
export const shareAxis = (label: string, width: number): Plot.ScaleOptions => ({
  label: `${label} (%)`,
  labelArrow: 'none',
  labelAnchor: 'center',
  domain: [0, 100],
  percent: true,
  grid: true,
  ticks: isNarrow(width) ? 4 : 6,
})

/** The same to the top of what is drawn: a tenth above the largest share, at least 5 %. */
export const shareAxisTo = (label: string, largest: number, width: number): Plot.ScaleOptions => ({
  ...shareAxis(label, width),
  domain: [0, Math.min(Math.max(largest * 110, 5), 100)],
})

/** A y axis says what it is above its frame, where it can be read without turning the head. */
export const onTop = (axis: Plot.ScaleOptions): Plot.ScaleOptions => ({ ...axis, labelAnchor: 'top' })

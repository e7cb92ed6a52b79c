import type * as Plot from '@observablehq/plot'
import { isNarrow } from './define.ts'
import { shortened } from './words.ts'

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

const characterWidth = 6.2

/** A y axis of names, one a row in the order given, with the room they take on the left: two fifths of the width at most. */
export function namesAxis(
  rows: { name: string; label?: string }[],
  width: number,
): { marginLeft: number; y: Plot.ScaleOptions } {
  const labels = new Map(rows.map(({ name, label = name }) => [name, label]))
  const longest = Math.max(...[...labels.values()].map((label) => label.length), 1)
  const marginLeft = Math.round(Math.min(longest * characterWidth + 14, width * 0.4))
  const most = Math.floor((marginLeft - 10) / characterWidth)
  return {
    marginLeft,
    y: {
      type: 'band',
      label: null,
      domain: rows.map(({ name }) => name),
      tickSize: 0,
      padding: 0.3,
      tickFormat: (name: string) => shortened(labels.get(name)!, most),
    },
  }
}

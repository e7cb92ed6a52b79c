import { barsHeight, lyingBars, type Bar } from './bars.ts'
import { definePicture } from './define.ts'
import type { Picture } from './picture.ts'
import { countText, shareText } from './words.ts'

export type TopValuesInput = {
  name: string
  /** The most frequent first. */
  values: { value: string; n: number }[]
  /** Rows that have a value at all. */
  nRows: number
  nDistinct: number
}

/** The most frequent values of a column, and all others as one bar. */
export function topValuesPicture({ name, values, nRows, nDistinct }: TopValuesInput): Picture {
  const shown = values.reduce((sum, { n }) => sum + n, 0)
  const nOthers = nDistinct - values.length
  const share = (n: number) => (nRows === 0 ? 0 : n / nRows)
  const bars = [
    ...values.map(({ value, n }): Bar => ({
      name: value === '' ? '(empty text)' : value,
      value: n,
      words: shareText(share(n)),
    })),
    ...(nOthers > 0 && nRows > shown
      ? [
          {
            name: `${countText(nOthers)} other ${nOthers === 1 ? 'value' : 'values'}`,
            value: nRows - shown,
            words: shareText(share(nRows - shown)),
            tone: 'chartReference' as const,
          },
        ]
      : []),
  ]
  return definePicture({
    title: `Values of ${name}`,
    description: `The ${values.length} most frequent of ${countText(nDistinct)} values of ${name}: ${bars
      .slice(0, 5)
      .map((bar) => `${bar.name} ${bar.words}`)
      .join(', ')}.`,
    headline: [`${countText(nDistinct)} distinct`, `${countText(nRows)} rows with a value`],
    heightFor: () => barsHeight(bars.length),
    empty: values.length === 0 ? `${name} has no values to show.` : undefined,
    panels: (width) => [
      { plot: lyingBars(bars, { width, axis: { label: 'rows', tickFormat: 's' }, ariaLabel: 'values' }) },
    ],
  })
}

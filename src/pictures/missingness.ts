import { barsHeight, lyingBars } from './bars.ts'
import { definePicture } from './define.ts'
import type { Picture } from './picture.ts'
import { countText, shareText } from './words.ts'

export type MissingnessInput = {
  columns: { name: string; shareMissing: number }[]
  /** How many to show; the others are counted in words. */
  most?: number
}

/** Which columns lack values, the emptiest first. */
export function missingnessPicture({ columns, most = 20 }: MissingnessInput): Picture {
  const lacking = columns
    .filter(({ shareMissing }) => shareMissing > 0)
    .toSorted((a, b) => b.shareMissing - a.shareMissing)
  const shown = lacking.slice(0, most)
  const headline = [
    `${countText(lacking.length)} of ${countText(columns.length)} columns lack values`,
    ...(lacking.length > shown.length ? [`the ${most} emptiest are shown`] : []),
  ]
  const bars = shown.map(({ name, shareMissing }) => ({
    name,
    value: shareMissing,
    words: shareText(shareMissing),
    tone: 'warnMark' as const,
  }))
  return definePicture({
    title: 'Missing values',
    description: `${headline.join('; ')}. ${bars.map((bar) => `${bar.name} ${bar.words}`).join(', ')}.`,
    headline,
    heightFor: () => barsHeight(bars.length),
    empty:
      shown.length === 0 ? `Every row has a value in each of the ${countText(columns.length)} columns.` : undefined,
    panels: (width) => [
      {
        plot: lyingBars(bars, {
          width,
          axis: { label: 'rows without a value (%)', percent: true, domain: [0, 100] },
          ariaLabel: 'columns',
        }),
      },
    ],
  })
}

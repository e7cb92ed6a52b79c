import * as Plot from '@observablehq/plot'
import { definePicture, isNarrow, named } from './define.ts'
import { colour } from './palette.ts'
import type { Picture } from './picture.ts'
import { countText, numberText } from './words.ts'

export type HistogramInput = {
  name: string
  unit?: string
  /** Beside each other, in rising order. */
  bins: { from: number; to: number; n: number }[]
  /** The numbers are days since 1970-01-01 UTC. */
  isDate?: boolean
}

type Bin = HistogramInput['bins'][number]

const dayMs = 86_400_000

/** How the numbers or the dates of a column are spread. */
export function histogramPicture({ name, unit, bins, isDate = false }: HistogramInput): Picture {
  const at = (value: number) => (isDate ? new Date(value * dayMs) : value)
  const inWords = (value: number) =>
    isDate ? new Date(value * dayMs).toISOString().slice(0, 10) : `${numberText(value)}${unit ? ` ${unit}` : ''}`
  const n = bins.reduce((sum, bin) => sum + bin.n, 0)
  const range = bins.length === 0 ? '' : `${inWords(bins[0].from)} to ${inWords(bins.at(-1)!.to)}`
  // A single value makes a bin without a width, which would not be seen.
  const wide = bins.map((bin) => (bin.to > bin.from ? bin : { ...bin, from: bin.from - 0.5, to: bin.to + 0.5 }))
  return definePicture({
    title: `Distribution of ${name}`,
    description: `Rows in ${bins.length} bins of ${name}, ${range}; ${countText(n)} rows with a value.`,
    headline: [range, `${countText(n)} rows with a value`],
    heightFor: (width) => Math.round(Math.min(Math.max(width * 0.5, 190), 280)),
    empty: n === 0 ? `${name} has no values to show.` : undefined,
    panels: (width) => [
      {
        plot: {
          marginLeft: 52,
          marginBottom: isDate ? 46 : 38,
          x: {
            type: isDate ? 'utc' : 'linear',
            label: `${name}${unit === undefined ? '' : ` (${unit})`}`,
            labelArrow: 'none',
            labelAnchor: 'center',
            ticks: isNarrow(width) ? 4 : 7,
            ...(isDate ? {} : { tickFormat: (value: number) => numberText(value) }),
          },
          y: {
            label: 'rows',
            labelArrow: 'none',
            labelAnchor: 'top',
            grid: true,
            ticks: 4,
            tickFormat: 's',
            domain: [0, Math.max(...bins.map((bin) => bin.n)) * 1.05],
          },
          marks: [
            named(
              'bins',
              Plot.rectY(wide, {
                x1: (bin: Bin) => at(bin.from),
                x2: (bin: Bin) => at(bin.to),
                y: 'n',
                fill: colour('chartCurrent'),
                insetRight: 0.5,
                insetLeft: 0.5,
                title: (bin: Bin) => `${inWords(bin.from)} to ${inWords(bin.to)}\n${countText(bin.n)} rows`,
              }),
            ),
            Plot.ruleY([0], { stroke: colour('borderStrong') }),
          ],
        },
      },
    ],
  })
}

import * as Plot from '@observablehq/plot'
import { isNarrow } from '../define.ts'
import { colour } from '../palette.ts'
import { labelOf, type Feature } from './contribution.ts'
import { dayMs, mostDays, valueText } from './feature-value.ts'

/** Amounts whose largest is so many times their median would all lie at the left of a plain axis. */
const skewed = 20

/** An x axis of the values of a number or a date, with a place for rows that have none. */
export type ValueAxis = {
  scale: Plot.ScaleOptions
  /** Lines at the ticks, and one beside the place for missing values. */
  grid: Plot.Markish[]
  /** The ticks in words, and the name of the feature. */
  axis: Plot.Markish[]
  /** The room that the axis takes below its frame. */
  marginBottom: number
  /** Where a value lies, in what the scale reads; null lies in the place for missing values. */
  at: (value: number | null) => number | Date
  /** Where the place for missing values ends, in what the scale reads. */
  missingEnd: number | Date
}

/** What no calendar has lies at its end. */
const dateOf = (days: number) => new Date(Math.min(Math.max(days, -mostDays), mostDays) * dayMs)

type Options = {
  values: number[]
  /** The median of the rows; that of `values` if absent. */
  median?: number
  hasMissing: boolean
  width: number
}

/** An x axis over `values`, in decades where they are amounts far apart; missing ones are to the left of the least. */
export function valueAxis(feature: Feature, { values, median, hasMissing, width }: Options): ValueAxis {
  const isDate = feature.format === 'date'
  const sorted = Float64Array.from(values).toSorted()
  const [least, most] = sorted.length === 0 ? [0, 1] : [sorted[0], sorted.at(-1)!]
  const isLog = !isDate && least > 0 && most / (median ?? sorted[sorted.length >> 1]) > skewed
  const at = (value: number) => (isDate ? dateOf(value) : value)
  const place = isLog ? (along: number) => Math.exp(along) : at
  const [low, high] = isLog ? [Math.log(least), Math.log(most)] : [least, most]
  const span = high - low || 1
  const missingEnd = low - span * 0.02
  const from = hasMissing ? missingEnd - span * (isNarrow(width) ? 0.22 : 0.1) : missingEnd
  const middle = place((from + missingEnd) / 2)
  const ticks = {
    ticks: isNarrow(width) ? 4 : 7,
    // Ticks in the place for missing values would stand for nothing.
    filter: (tick: number | Date) => Number(tick) >= Number(place(low - span * 0.001)),
  }
  const tickWords = isLog ? decadeWords(most / least) : (tick: number) => valueText(tick, feature)
  return {
    scale: {
      type: isDate ? 'utc' : isLog ? 'log' : 'linear',
      domain: [place(from), place(high + span * 0.02)],
      axis: null,
    },
    grid: [
      Plot.gridX(ticks),
      ...(hasMissing ? [Plot.ruleX([place(missingEnd)], { stroke: colour('borderStrong') })] : []),
    ],
    axis: [
      Plot.axisX({
        ...ticks,
        ...(isDate ? {} : { tickFormat: tickWords }),
        label: `${labelOf(feature)}${isLog ? ' (logarithmic)' : ''}`,
        labelArrow: 'none',
        labelAnchor: 'center',
      }),
      ...(hasMissing
        ? [Plot.text(['missing'], { x: [middle], frameAnchor: 'bottom', dy: 15, fill: colour('muted') })]
        : []),
    ],
    marginBottom: isDate ? 48 : 38,
    at: (value) => (value === null ? middle : at(value)),
    missingEnd: place(missingEnd),
  }
}

/** Words at 1, 10, 100, and where there are few decades at 2 and 5 as well; the other ticks have none. */
function decadeWords(range: number) {
  const spoken = range < 1_000 ? [1, 2, 5] : [1]
  return (tick: number) => {
    const leading = Math.round(tick / 10 ** Math.floor(Math.log10(tick) + 1e-9))
    return spoken.includes(leading) ? valueText(tick, {}) : ''
  }
}

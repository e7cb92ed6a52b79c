/** Figures in words, as pictures carry them. What is not a number is an en dash. */

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })
/** Without a comma in what may be a year. */
const large = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0, useGrouping: 'min2' })
const short = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 4 })

const isFigure = (value: number | null | undefined): value is number => Number.isFinite(value)

/** 12345 -> 12,345 */
export const countText = (value: number) => (isFigure(value) ? whole.format(value) : '–')

/** 0.1234 -> 12.3 % */
export const shareText = (value: number | null | undefined) => (isFigure(value) ? `${(value * 100).toFixed(1)} %` : '–')

/** Three decimals: a score or a metric. */
export const scoreText = (value: number | null | undefined) => (isFigure(value) ? value.toFixed(3) : '–')

/** Four significant digits, whole numbers from 1,000 on: 0.01235, 12.35, 1235, 12,350. */
export const numberText = (value: number | null | undefined) =>
  isFigure(value) ? (Math.abs(value) >= 1_000 ? large : short).format(value).replace('-', '−') : '–'

/** An estimate with the ends of its interval where they are known: `0.912 (0.895 to 0.928)`. */
export const intervalText = ({ estimate, lower, upper }: Estimate) =>
  isFigure(lower) && isFigure(upper)
    ? `${scoreText(estimate)} (${scoreText(lower)} to ${scoreText(upper)})`
    : scoreText(estimate)

/** An estimate and its interval; null where it could not be had. */
export type Estimate = { estimate: number | null; lower: number | null; upper: number | null }

/** Pieces in as few lines as fit `most` characters each, in order; a piece is never broken. */
export function linesOf(pieces: string[], most: number): string[] {
  const lines: string[] = []
  for (const piece of pieces) {
    const longer = lines.length === 0 ? piece : `${lines.at(-1)} · ${piece}`
    if (lines.length === 0 || longer.length > most) lines.push(piece)
    else lines[lines.length - 1] = longer
  }
  return lines
}

/** At most `most` characters; what is left out shows as an ellipsis. */
export const shortened = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`)

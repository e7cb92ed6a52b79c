import { readNumberFormat } from '../contract/value-formats.ts'

type Counted = { text: string; count: number }

export type GuessedNumberFormat = {
  format: string
  /** of the given values, weighted by how often they occur */
  share: number
  /** another format that reads as many, and would read other numbers */
  rival?: string
}

/** In the order of preference where values do not decide. */
const CORES = ['1,234.56', '1234,56', '1.234,56', '1 234,56', '1 234.56', "1'234.56"]
const CURRENCY = /[$€£¥]|\b[A-Z]{3}\b/

/** How numbers are written in texts that are not plain numbers; undefined where no format reads a twentieth of them. */
export function guessNumberFormat(values: readonly Counted[]): GuessedNumberFormat | undefined {
  const total = values.reduce((sum, { count }) => sum + count, 0)
  const shareOf = (test: (text: string) => boolean) =>
    values.reduce((sum, { text, count }) => sum + (test(text) ? count : 0), 0) / total
  const currency = shareOf((text) => CURRENCY.test(text) && /\d/.test(text)) > 0 ? '¤' : ''
  const percent = shareOf((text) => text.endsWith('%')) > 0.5 ? ' %' : ''
  const cores = currency || percent ? ['1234.56', ...CORES] : CORES
  const ranked = cores
    .map((core) => ({
      format: `${currency}${core}${percent}`,
      share: shareOf(shapeOf(`${currency}${core}${percent}`)),
    }))
    .sort((a, b) => b.share - a.share)
  const [best] = ranked
  if (!best || best.share < 0.05) return undefined
  const isOtherReading = (format: string) => decimalOf(format) !== decimalOf(best.format)
  const separated = values.some(({ text }) => /\d[.,]\d/.test(text))
  const rival = ranked.find(({ format, share }) => share === best.share && isOtherReading(format))
  return { ...best, ...(rival && separated ? { rival: rival.format } : {}) }
}

/** Every number with a point has three digits after it: thousands in the European way look so too. */
export const looksLikeThousands = (values: readonly Counted[]): boolean => {
  const pointed = values.filter(({ text }) => text.includes('.'))
  return pointed.length >= 3 && pointed.every(({ text }) => /^-?[1-9]\d{0,2}\.\d{3}$/.test(text))
}

const decimalOf = (format: string) => readNumberFormat(format)!.decimal

/** The same shapes that `numberSql` takes. */
function shapeOf(format: string): (text: string) => boolean {
  const { thousands, decimal, isCurrency, isPercent } = readNumberFormat(format)!
  const separator = thousands === '.' ? '\\.' : thousands
  const whole = thousands === '' ? '\\d+' : `(\\d{1,3}(${separator}\\d{3})+|\\d+)`
  const point = decimal === '.' ? '\\.' : ','
  const shape = new RegExp(`^[+-]? ?(${whole}(${point}\\d*)?|${point}\\d+)$`)
  return (text) => {
    let bare = text.trim()
    if (isCurrency)
      bare = bare
        .replaceAll(new RegExp(CURRENCY, 'g'), '')
        .trim()
        .replace(/^\((.*)\)$/, '-$1')
    if (isPercent) bare = bare.replace(/ ?%$/, '')
    return shape.test(bare)
  }
}

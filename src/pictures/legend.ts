import { colour, type ColourName } from './palette.ts'
import { svgElement } from './svg-element.ts'
import { shortened } from './words.ts'

/** A colour with what it stands for, or several in a row: with words behind them, or before and behind them. */
export type LegendItem =
  { words: string; colour: ColourName } | { words: string | [before: string, behind: string]; ramp: ColourName[] }

const lineHeight = 18
/** Between the legend and the words above it. */
const room = 5
const swatch = 9
const rampStep = 8
const characterWidth = 6.1
const gap = 14
const most = 24

type Placed = { item: LegendItem; x: number; line: number }

const wordsOf = ({ words }: LegendItem): [before: string, behind: string] => {
  const [before, behind] = typeof words === 'string' ? ['', words] : words
  return [shortened(before, most), shortened(behind, most)]
}
const coloursOf = (item: LegendItem) => ('ramp' in item ? item.ramp : [item.colour])

function widthOf(item: LegendItem): number {
  const [before, behind] = wordsOf(item)
  const colours = 'ramp' in item ? item.ramp.length * rampStep : swatch
  return (before === '' ? 0 : before.length * characterWidth + 5) + colours + 5 + behind.length * characterWidth
}

type Legend = {
  height: number
  /** @param top where it begins, in pixels from the top of the picture */
  draw: (canvas: { document: Document }, top: number) => SVGGElement
}

/** What the colours of a picture stand for, in as many lines as it needs. */
export function legendOf(items: LegendItem[], width: number): Legend {
  const placed: Placed[] = []
  let [x, line] = [0, 0]
  for (const item of items) {
    const wide = widthOf(item)
    if (x > 0 && x + wide > width) [x, line] = [0, line + 1]
    placed.push({ item, x, line })
    x += wide + gap
  }
  return {
    height: items.length === 0 ? 0 : room + (line + 1) * lineHeight,
    draw: (canvas, top) => {
      const group = svgElement(canvas, 'g', { 'aria-label': 'legend', transform: `translate(0,${top})` })
      for (const one of placed) group.append(...drawn(one, canvas))
      return group
    },
  }
}

function drawn({ item, x, line }: Placed, canvas: { document: Document }): SVGElement[] {
  const top = room + line * lineHeight
  const [before, behind] = wordsOf(item)
  const colours = coloursOf(item)
  const start = x + (before === '' ? 0 : before.length * characterWidth + 5)
  const step = 'ramp' in item ? rampStep : swatch
  const text = (words: string, at: number, anchor: string) =>
    svgElement(canvas, 'text', { x: at, y: top + 9, 'text-anchor': anchor, style: `fill: ${colour('text')}` }, words)
  return [
    ...(before === '' ? [] : [text(before, start - 5, 'end')]),
    ...colours.map((name, i) =>
      svgElement(canvas, 'rect', {
        x: start + i * step,
        y: top,
        width: step,
        height: swatch,
        style: `fill: ${colour(name)}`,
      }),
    ),
    text(behind, start + colours.length * step + 5, 'start'),
  ]
}

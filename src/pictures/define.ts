import * as Plot from '@observablehq/plot'
import { legendOf, type LegendItem } from './legend.ts'
import { colour } from './palette.ts'
import type { Canvas, Picture } from './picture.ts'
import { svgElement } from './svg-element.ts'
import { linesOf } from './words.ts'

/** One frame with its axes. A picture has one, or several one below the other. */
export type Panel = {
  plot: Plot.PlotOptions
  /** Its part of the height; the parts of all panels are set against their sum. */
  part?: number
}

export type Definition = {
  title: string
  description: string
  /** The main figures, written above the frame, in as many lines as they need. */
  headline?: string[]
  /** What the colours stand for, below the headline. It takes room of its own, which `heightFor` need not know of. */
  legend?: LegendItem[]
  heightFor?: (width: number) => number
  /** Why there is nothing to draw; then the words are the picture. */
  empty?: string
  panels: (width: number) => Panel[]
}

const lineHeight = 16
/** Width of a character of 11 px on average, rather too wide than too narrow. */
const characterWidth = 6.1

/** Below this width there is room for half the ticks and for short words only. */
export const isNarrow = (width: number) => width < 420

/** A square with room for words, until it would fill the page. */
const usualHeight = (width: number) => Math.round(Math.min(Math.max(width * 0.75, 250), 360))

/** Gives a mark a name of its own, for screen readers; the option `ariaLabel` would name each datum. */
export const named = <Mark extends Plot.Markish & object>(name: string, mark: Mark): Mark =>
  Object.assign(mark, { ariaLabel: name })

const emptyHeight = 120

/** Makes a picture out of what is particular to it. */
export function definePicture(definition: Definition): Picture {
  const { title, description, legend = [], heightFor = usualHeight } = definition
  return {
    title,
    description: definition.empty ?? description,
    heightFor: (width) =>
      definition.empty === undefined ? heightFor(width) + legendOf(legend, width).height : emptyHeight,
    draw: (canvas) => {
      const root = rootOf(canvas, title, definition.empty ?? description)
      if (definition.empty === undefined) root.append(...framesOf(definition, canvas))
      else root.append(...emptyWords(definition.empty, canvas))
      return root
    },
  }
}

function rootOf(canvas: Canvas, title: string, description: string): SVGSVGElement {
  const { width, height } = canvas
  const root = svgElement(canvas, 'svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: 'img',
    class: 'assay-picture',
    'font-family': 'system-ui, sans-serif',
    'font-size': 11,
    style: 'display: block; max-width: 100%; overflow: visible',
  })
  root.append(svgElement(canvas, 'title', {}, title), svgElement(canvas, 'desc', {}, description))
  return root
}

function framesOf({ headline = [], legend = [], panels }: Definition, canvas: Canvas): SVGElement[] {
  const { width, height } = canvas
  const lines = linesOf(headline, width / characterWidth)
  const words = lines.map((line, i) =>
    svgElement(canvas, 'text', { x: 0, y: 11 + i * lineHeight, style: `fill: ${colour('text')}` }, line),
  )
  const drawn = panels(width)
  const parts = drawn.reduce((sum, { part = 1 }) => sum + part, 0)
  const { height: legendHeight, draw: drawLegend } = legendOf(legend, width)
  const drawnLegend = legendHeight === 0 ? [] : [drawLegend(canvas, lines.length * lineHeight)]
  let top = lines.length * lineHeight + legendHeight
  const unit = (height - top) / parts
  return [
    ...words,
    ...drawnLegend,
    ...drawn.map(({ plot, part = 1 }) => {
      const frame = frameOf(plot, { ...canvas, height: part * unit }, top)
      top += part * unit
      return frame
    }),
  ]
}

/**
 * One frame as a group. Plot's own `<svg>` is taken off: nested it would take its size from its style sheet, and each
 * would bring that sheet again.
 */
function frameOf(options: Plot.PlotOptions, canvas: Canvas, top: number): SVGGElement {
  const { document, width, height } = canvas
  const drawn = Plot.plot({
    marginTop: 26,
    marginRight: 14,
    marginBottom: 38,
    marginLeft: 46,
    ...options,
    document,
    width,
    height,
  })
  const group = svgElement(canvas, 'g', {
    transform: `translate(0,${top})`,
    fill: 'currentColor',
    'text-anchor': 'middle',
    style: `color: ${colour('muted')}`,
  })
  group.append(...[...drawn.childNodes].filter(({ nodeName }) => nodeName.toLowerCase() !== 'style'))
  return group
}

function emptyWords(words: string, canvas: Canvas): SVGElement[] {
  const { width, height } = canvas
  const lines = linesOf(words.split(' '), (width - 24) / characterWidth).map((line) => line.replaceAll(' · ', ' '))
  const top = height / 2 - ((lines.length - 1) * lineHeight) / 2
  return lines.map((line, i) =>
    svgElement(
      canvas,
      'text',
      { x: width / 2, y: top + i * lineHeight, 'text-anchor': 'middle', style: `fill: ${colour('muted')}` },
      line,
    ),
  )
}

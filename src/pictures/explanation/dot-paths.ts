import { colour, type ColourName } from '../palette.ts'
import { svgElement } from '../svg-element.ts'

export type Dot = { x: number; y: number; colour: ColourName }

/**
 * Dots as one path for each colour, in pixels: a line of no length with round ends is a dot, in a tenth of the bytes and
 * of the elements that circles would take.
 */
export function dotPaths(dots: Iterable<Dot>, radius: number, canvas: { document: Document }): SVGPathElement[] {
  return [...Map.groupBy(dots, (dot) => dot.colour)].map(([name, ofColour]) =>
    svgElement(canvas, 'path', {
      d: ofColour.map(({ x, y }) => `M${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}h0`).join(''),
      fill: 'none',
      'stroke-width': radius * 2,
      'stroke-linecap': 'round',
      'stroke-opacity': 0.85,
      style: `stroke: ${colour(name)}`,
    }),
  )
}

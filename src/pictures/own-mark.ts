import type * as Plot from '@observablehq/plot'

/** What a mark of our own draws itself into. */
export type Frame = {
  /** Of the plot; a scale of a frame that has no such axis is not there. */
  scales: Plot.ScaleFunctions
  /** With its margins. */
  width: number
  height: number
  document: Document
}

/** A mark for what Plot has none for: the frame's axes must have their domains given. */
export const ownMark =
  (draw: (frame: Frame) => SVGElement): Plot.RenderFunction =>
  (...[, scales, , { width, height }, { document }]) =>
    draw({ scales, width, height, document })

/// <reference lib="dom" />

/** Where a picture is drawn: the browser's document, or one made on the server. Sizes in CSS pixels. */
export type Canvas = { document: Document; width: number; height: number }

/** A picture of given data, not yet drawn: it can be drawn on any canvas, any number of times. */
export type Picture = {
  /** What it is, in a few words. Becomes the `<title>` of the drawing. */
  title: string
  /** What is to be seen on it, with its main figures, for who does not see it. Becomes the `<desc>`. */
  description: string
  /** The height in which it looks right at a width; it can be drawn in another. */
  heightFor: (width: number) => number
  /** A new element; the same data on a canvas of the same size gives the same element. */
  draw: (canvas: Canvas) => SVGSVGElement
}

const SVG = 'http://www.w3.org/2000/svg'

/** A new SVG element of a document. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(
  { document }: { document: Document },
  name: Name,
  attributes: Record<string, string | number> = {},
  text?: string,
): SVGElementTagNameMap[Name] {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value))
  if (text !== undefined) made.textContent = text
  return made
}

import { parseHTML } from 'linkedom'
import { palette, variableOf, type ColourName, type Scheme } from '../palette.ts'
import type { Picture } from '../picture.ts'

export type RenderOptions = {
  /** CSS pixels. */
  width: number
  /** The picture's own for the width, if not given. */
  height?: number
  /** `auto` follows the reader's system and needs a viewer with style sheets; the others hold plain colours. */
  theme?: 'auto' | Scheme
}

/**
 * A picture as the text of an SVG file that stands alone: no script, no font, no address is asked for. For reports and
 * files; it takes some 10 to 30 ms, so many at once belong in a job. The same picture gives the same text.
 */
export function renderSvg(picture: Picture, { width, height, theme = 'auto' }: RenderOptions): string {
  const { document } = parseHTML('<!doctype html><html><body></body></html>')
  const size = { width, height: height ?? picture.heightFor(width) }
  const root = picture.draw({ document, ...size })
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  ground.setAttribute('width', String(size.width))
  ground.setAttribute('height', String(size.height))
  ground.setAttribute('style', `fill: var(${variableOf('surface')}, ${palette.light.surface})`)
  const afterWords = root.children[2] ?? null
  root.insertBefore(ground, afterWords)
  if (theme === 'auto') {
    const style = document.createElementNS('http://www.w3.org/2000/svg', 'style')
    style.textContent = `.assay-picture { ${variables('light')} } @media (prefers-color-scheme: dark) { .assay-picture { ${variables('dark')} } }`
    root.insertBefore(style, ground)
    return root.outerHTML
  }
  return withPlainColours(root.outerHTML, theme)
}

const variables = (scheme: Scheme) =>
  Object.entries(palette[scheme])
    .map(([name, value]) => `${variableOf(name as ColourName)}: ${value};`)
    .join(' ')

/** Puts the colours in the place of the variables, for viewers that know none. */
function withPlainColours(svg: string, scheme: Scheme): string {
  const colours = Object.entries(palette[scheme]).map(([name, value]) => [variableOf(name as ColourName), value])
  const byVariable = Object.fromEntries(colours)
  return svg.replace(/var\((--a-[a-z0-9-]+), #[0-9a-f]{6}\)/g, (_, variable: string) => byVariable[variable])
}

import { parseHTML } from 'linkedom'
import type { Picture } from './picture.ts'
import { renderSvg } from './server/index.ts'

export type Drawn = {
  text: string
  /** Every word on the picture, in the order of drawing. */
  words: string[]
  /** Number of shapes in the marks of a name. */
  nMarks: (ariaLabel: string) => number
  /** Dots in the marks of a name, in pixels, each with its colour. */
  dots: (ariaLabel: string) => { x: number; y: number; colour: string }[]
  /** Points of the one path in the marks of a name, in pixels. */
  points: (ariaLabel: string) => [x: number, y: number][]
}

/** A picture as text and as a tree to ask. */
export function drawn(picture: Picture, width = 640): Drawn {
  const text = renderSvg(picture, { width })
  const { document } = parseHTML(`<!doctype html><html><body>${text}</body></html>`)
  const all = (selector: string) => [...document.querySelectorAll(selector)]
  const named = (ariaLabel: string) => all(`[aria-label="${ariaLabel}"]`)
  return {
    text,
    words: all('text').flatMap((element) => [element.textContent]),
    nMarks: (ariaLabel) =>
      named(ariaLabel).reduce(
        (sum, group) => sum + (group.nodeName.toLowerCase() === 'g' ? group.children.length : 1),
        0,
      ),
    dots: (ariaLabel) =>
      all(`[aria-label="${ariaLabel}"] path`).flatMap((path) => {
        const colour = path.getAttribute('style')!.match(/--a-([a-z0-9-]+)/)![1]
        return [...path.getAttribute('d')!.matchAll(/M(-?[\d.]+),(-?[\d.]+)h0/g)].map(([, x, y]) => ({
          x: Number(x),
          y: Number(y),
          colour,
        }))
      }),
    points: (ariaLabel) => {
      const [path] = all(`[aria-label="${ariaLabel}"] path`)
      return [...path.getAttribute('d')!.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [
        Number(x),
        Number(y),
      ])
    },
  }
}

/** What is wrong with a picture at a width where there is little room and at one where there is much; nothing, it is hoped. */
export const faultsOf = (picture: Picture): string[] =>
  [320, 900].flatMap((width) => {
    const { text, words } = drawn(picture, width)
    const checks: [fault: string, isSound: boolean][] = [
      ['a number is none', !/NaN|undefined|Infinity|\[object/.test(text)],
      ['it has no title', /<title>[^<]{3,}<\/title>/.test(text)],
      ['it has no description', /<desc>[^<]{20,}<\/desc>/.test(text)],
      ['it asks for something', !/<script|<image|<foreignObject|https?:(?!\/\/www\.w3\.org\/)/.test(text)],
      ['it is not one element', text.match(/<svg/g)?.length === 1],
      ['it is too flat', picture.heightFor(width) >= 60],
      ['it has no words', words.length > 0],
      ['it is not the same each time', renderSvg(picture, { width }) === text],
    ]
    return checks.filter(([, isSound]) => !isSound).map(([fault]) => `at ${width} px: ${fault}`)
  })

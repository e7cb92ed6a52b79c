import { describe, expect, it } from 'vitest'
import { palette } from '../../src/pictures/index.ts'
import { tokens, type Scheme, type TokenName } from './theme.ts'

/** Relative luminance and contrast ratio. Source: WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
  return (light + 0.05) / (dark + 0.05)
}

const grounds: TokenName[] = ['page', 'surface', 'sunken', 'hover', 'selected']
const words: TokenName[] = ['text', 'muted', 'faint', 'okFg', 'warnFg', 'badFg', 'runFg']
const codeWords: TokenName[] = ['codeKeyword', 'codeString', 'codeComment', 'codeNumber']
const marks: TokenName[] = [
  'okMark',
  'warnMark',
  'badMark',
  'runMark',
  'idleMark',
  'chartReference',
  'chartCurrent',
  'focus',
  'borderStrong',
  'raises',
  'lowers',
  ...([1, 2, 3, 4] as const).map((n) => `category${n}` as const),
  ...([1, 2, 3, 4, 5, 6, 7] as const).map((n) => `scale${n}` as const),
]

const pairs: { word: TokenName; ground: TokenName; atLeast: number }[] = [
  ...words.flatMap((word) => grounds.map((ground) => ({ word, ground, atLeast: 4.5 }))),
  ...codeWords.map((word) => ({ word, ground: 'sunken' as const, atLeast: 4.5 })),
  ...(['ok', 'warn', 'bad', 'run'] as const).flatMap((state) =>
    (['text', 'muted', `${state}Fg`] as const).map((word) => ({ word, ground: `${state}Tint` as const, atLeast: 4.5 })),
  ),
  ...marks.flatMap((word) => (['page', 'surface'] as const).map((ground) => ({ word, ground, atLeast: 3 }))),
  { word: 'onInk', ground: 'ink', atLeast: 4.5 },
  { word: 'onInk', ground: 'inkHover', atLeast: 4.5 },
]

describe.each<Scheme>(['light', 'dark'])('contrast of the %s tokens', (scheme) => {
  it.each(pairs)('$word on $ground is at least $atLeast : 1', ({ word, ground, atLeast }) => {
    expect(contrast(tokens[scheme][word], tokens[scheme][ground])).toBeGreaterThanOrEqual(atLeast)
  })
})

it('knows the contrast of black on white', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10)
})

it('pictures have the colours of the tokens of the same names', () => {
  for (const scheme of ['light', 'dark'] as const) {
    expect(Object.keys(palette[scheme]).length).toBeGreaterThan(5)
    expect(tokens[scheme]).toMatchObject(palette[scheme])
  }
})

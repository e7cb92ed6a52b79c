/**
 * The colours of pictures, those of the UI's tokens of the same names (a test of the UI holds them together). Words
 * (`text`, `muted`) have a contrast of 4.5 : 1 on `surface`, marks one of 3 : 1.
 */
export const palette = {
  light: {
    surface: '#ffffff',
    text: '#16191f',
    muted: '#525968',
    border: '#e2e5ea',
    borderStrong: '#868d9a',
    chartReference: '#868d9a',
    chartCurrent: '#2f78dc',
    okMark: '#1c9450',
    warnMark: '#b37500',
    badMark: '#d6392f',
    runTint: '#e7f0fc',
  },
  dark: {
    surface: '#16191d',
    text: '#e6e8eb',
    muted: '#a6adb8',
    border: '#272c33',
    borderStrong: '#6d7683',
    chartReference: '#78818e',
    chartCurrent: '#4b93f0',
    okMark: '#38b56c',
    warnMark: '#d29a2b',
    badMark: '#ee574d',
    runTint: '#14243a',
  },
} as const

export type Scheme = keyof typeof palette
export type ColourName = keyof (typeof palette)['light']

/** The CSS variable of a colour: `okMark` is `--a-ok-mark`. */
export const variableOf = (name: ColourName) => `--a-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** A colour as it is written into a picture: the page's variable, and the light one where the page has none. */
export const colour = (name: ColourName) => `var(${variableOf(name)}, ${palette.light[name]})`

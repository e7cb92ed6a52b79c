/**
 * The colours of pictures, those of the UI's tokens of the same names (a test of the UI holds them together). Words
 * (`text`, `muted`) have a contrast of 4.5 : 1 on `surface`, marks one of 3 : 1. `raises` and `lowers`, and the
 * categories among themselves, can be told apart by who sees no red, no green or no blue (`palette.test.ts`); `scale1` to
 * `scale7` go from low to high and stand out from the ground more and more.
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
    raises: '#c2500c',
    lowers: '#2f78dc',
    category1: '#2f78dc',
    category2: '#c2500c',
    category3: '#672b40',
    category4: '#004085',
    scale1: '#2f9aa0',
    scale2: '#388aa9',
    scale3: '#3f79b1',
    scale4: '#4567b8',
    scale5: '#544e9f',
    scale6: '#5a3587',
    scale7: '#5b1470',
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
    raises: '#ee8a3c',
    lowers: '#4b93f0',
    category1: '#4b93f0',
    category2: '#ee8a3c',
    category3: '#b73f6e',
    category4: '#8edefe',
    scale1: '#3f7f8c',
    scale2: '#5c85a8',
    scale3: '#768ac4',
    scale4: '#8f8fe0',
    scale5: '#b4a1e6',
    scale6: '#d9b2eb',
    scale7: '#ffc2f0',
  },
} as const

export type Scheme = keyof typeof palette
export type ColourName = keyof (typeof palette)['light']

/** The CSS variable of a colour: `okMark` is `--a-ok-mark`. */
export const variableOf = (name: ColourName) => `--a-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** A colour as it is written into a picture: the page's variable, and the light one where the page has none. */
export const colour = (name: ColourName) => `var(${variableOf(name)}, ${palette.light[name]})`

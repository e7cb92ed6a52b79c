import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'

/**
 * The one set of design tokens, as hex colours, for both schemes. Each becomes a CSS variable `--a-<name>`.
 *
 * Neutral by intention: colour tells a state (ok, warn, bad, run) and nothing else; primary buttons are ink.
 * `…Fg` is for words (contrast 4.5 : 1 on every ground it is used on), `…Mark` for icons, bars and lines (3 : 1),
 * `…Tint` is a ground. `theme.test.ts` checks each pair.
 */
export const tokens = {
  light: {
    page: '#f6f7f9',
    surface: '#ffffff',
    sunken: '#f1f3f5',
    hover: '#eef0f3',
    selected: '#e8ebef',
    border: '#e2e5ea',
    borderStrong: '#868d9a',
    text: '#16191f',
    muted: '#525968',
    faint: '#636a78',
    ink: '#1b1f27',
    inkHover: '#343a46',
    onInk: '#ffffff',
    focus: '#2563d9',
    okFg: '#12693a',
    okMark: '#1c9450',
    okTint: '#e6f4eb',
    warnFg: '#7d4b00',
    warnMark: '#b37500',
    warnTint: '#fcf2da',
    badFg: '#ad211a',
    badMark: '#d6392f',
    badTint: '#fdebe9',
    runFg: '#1a56b0',
    runMark: '#2f78dc',
    runTint: '#e7f0fc',
    idleMark: '#868d9a',
    chartReference: '#868d9a',
    chartCurrent: '#2f78dc',
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
    codeKeyword: '#7a2c9e',
    codeString: '#12693a',
    codeComment: '#636a78',
    codeNumber: '#1a56b0',
  },
  dark: {
    page: '#0f1114',
    surface: '#16191d',
    sunken: '#0b0d10',
    hover: '#1e2227',
    selected: '#252a31',
    border: '#272c33',
    borderStrong: '#6d7683',
    text: '#e6e8eb',
    muted: '#a6adb8',
    faint: '#929aa6',
    ink: '#e6e8eb',
    inkHover: '#ffffff',
    onInk: '#14171b',
    focus: '#7aa7ff',
    okFg: '#63d391',
    okMark: '#38b56c',
    okTint: '#12281c',
    warnFg: '#e9b750',
    warnMark: '#d29a2b',
    warnTint: '#2b2212',
    badFg: '#ff968e',
    badMark: '#ee574d',
    badTint: '#331a19',
    runFg: '#86b9ff',
    runMark: '#4b93f0',
    runTint: '#14243a',
    idleMark: '#7b8491',
    chartReference: '#78818e',
    chartCurrent: '#4b93f0',
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
    codeKeyword: '#c99bea',
    codeString: '#7fd3a0',
    codeComment: '#929aa6',
    codeNumber: '#86b9ff',
  },
} as const

export type Scheme = keyof typeof tokens
export type TokenName = keyof (typeof tokens)['light']

const variableName = (name: string) => `--a-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** The CSS variable of a token, for inline styles and SVG: `cssToken('okMark')` is `var(--a-ok-mark)`. */
export const cssToken = (name: TokenName) => `var(${variableName(name)})`

function schemeVariables(scheme: Scheme): Record<string, string> {
  const own = Object.fromEntries(Object.entries(tokens[scheme]).map(([name, value]) => [variableName(name), value]))
  return {
    ...own,
    '--mantine-color-body': 'var(--a-surface)',
    '--mantine-color-text': 'var(--a-text)',
    '--mantine-color-bright': 'var(--a-text)',
    '--mantine-color-dimmed': 'var(--a-muted)',
    '--mantine-color-placeholder': 'var(--a-faint)',
    '--mantine-color-anchor': 'var(--a-text)',
    '--mantine-color-default': 'var(--a-surface)',
    '--mantine-color-default-hover': 'var(--a-hover)',
    '--mantine-color-default-color': 'var(--a-text)',
    '--mantine-color-default-border': 'var(--a-border)',
    '--mantine-color-error': 'var(--a-bad-fg)',
    '--mantine-color-disabled': 'var(--a-sunken)',
    '--mantine-color-disabled-color': 'var(--a-faint)',
    '--mantine-color-disabled-border': 'var(--a-border)',
    '--mantine-primary-color-filled': 'var(--a-ink)',
    '--mantine-primary-color-filled-hover': 'var(--a-ink-hover)',
    '--mantine-primary-color-contrast': 'var(--a-on-ink)',
  }
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: { '--a-radius': '6px', '--a-gap': '16px' },
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
})

const greys: MantineColorsTuple = [
  '#f6f7f9',
  '#eef0f3',
  '#e2e5ea',
  '#e2e5ea',
  '#a6adb8',
  '#868d9a',
  '#636a78',
  '#343a46',
  '#1b1f27',
  '#0f1114',
]

const darks: MantineColorsTuple = [
  '#e6e8eb',
  '#c5cad2',
  '#a6adb8',
  '#6d7683',
  '#272c33',
  '#272c33',
  '#1b1f24',
  '#16191d',
  '#0f1114',
  '#0b0d10',
]

const field = { styles: { label: { fontWeight: 500, marginBottom: 4 }, description: { marginBottom: 6 } } }

export const theme = createTheme({
  primaryColor: 'ink',
  colors: { ink: greys, gray: greys, dark: darks },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, monospace",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '1.125rem', lineHeight: '1.4' } } },
  defaultRadius: 6,
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    if (input.variant === 'filled' && (input.color === undefined || input.color === 'ink')) {
      return { background: 'var(--a-ink)', hover: 'var(--a-ink-hover)', color: 'var(--a-on-ink)', border: 'none' }
    }
    if (input.variant === 'danger') {
      return {
        background: 'var(--a-surface)',
        hover: 'var(--a-bad-tint)',
        color: 'var(--a-bad-fg)',
        border: '1px solid var(--a-border)',
      }
    }
    if (input.variant === 'subtle') {
      return { background: 'transparent', hover: 'var(--a-hover)', color: 'var(--a-muted)', border: 'none' }
    }
    return defaultVariantColorsResolver(input)
  },
  components: {
    Button: { defaultProps: { size: 'xs', variant: 'default', fw: 500 } },
    ActionIcon: { defaultProps: { variant: 'subtle', size: 28 } },
    TextInput: { defaultProps: { size: 'sm', ...field } },
    Textarea: { defaultProps: { size: 'sm', ...field } },
    NumberInput: { defaultProps: { size: 'xs', hideControls: true } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs', color: 'var(--a-ink)', iconColor: 'var(--a-on-ink)' } },
    Tooltip: {
      defaultProps: { openDelay: 250, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
    Modal: {
      styles: { title: { fontWeight: 600 } },
      defaultProps: { centered: true, padding: 'lg', overlayProps: { backgroundOpacity: 0.4 } },
    },
    Menu: { defaultProps: { shadow: 'md', width: 240 } },
    Skeleton: { defaultProps: { radius: 6 } },
  },
})

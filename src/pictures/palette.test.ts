import { describe, expect, it } from 'vitest'
import { palette, type Scheme } from './palette.ts'

type Triple = [number, number, number]

const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as Triple

/**
 * Linear RGB as somebody sees it who lacks one kind of cone altogether.
 * Source: Machado, Oliveira & Fernandes (2009), IEEE TVCG 15(6), table 1, severity 1.0.
 */
const visions: Record<string, Triple[]> = {
  all: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** Source: Ottosson (2020), "A perceptual color space for image processing". */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function seen(hex: string, vision: string): Triple {
  const colour = linear(hex)
  const channels = visions[vision].map((row) => row.reduce((sum, part, i) => sum + part * colour[i], 0))
  return oklab(channels.map((channel) => Math.min(Math.max(channel, 0), 1)) as Triple)
}

const distance = (a: string, b: string, vision: string) =>
  Math.hypot(...seen(a, vision).map((part, i) => part - seen(b, vision)[i]))

/** A tenth of the way from black to white: the eye needs no comparing side by side. */
const plain = 0.1

describe.each<Scheme>(['light', 'dark'])('the %s palette', (scheme) => {
  const { raises, lowers, category1, category2, category3, category4, chartReference, surface } = palette[scheme]
  const categories = [category1, category2, category3, category4]
  const { scale1, scale2, scale3, scale4, scale5, scale6, scale7 } = palette[scheme]
  const scale = [scale1, scale2, scale3, scale4, scale5, scale6, scale7]

  it.each(Object.keys(visions))('parts what raises from what lowers, and categories, for who sees %s', (vision) => {
    expect(distance(raises, lowers, vision)).toBeGreaterThan(2 * plain)
    for (const [i, one] of categories.entries()) {
      for (const other of categories.slice(0, i)) expect(distance(one, other, vision)).toBeGreaterThan(plain)
    }
  })

  it('has a scale that leaves the ground step by step, and a grey apart from its ends', () => {
    const fromGround = scale.map((step) => Math.abs(seen(step, 'all')[0] - seen(surface, 'all')[0]))
    for (let i = 1; i < scale.length; i++) expect(fromGround[i]).toBeGreaterThan(fromGround[i - 1] + 0.02)
    expect(distance(scale[0], scale[6], 'all')).toBeGreaterThan(3 * plain)
    expect(distance(scale[6], chartReference, 'all')).toBeGreaterThan(plain)
  })
})

it('knows that red and green look alike without one of their cones', () => {
  const [red, green] = ['#d62728', '#7a8b00']
  expect(distance(red, green, 'all')).toBeGreaterThan(2 * plain)
  expect(distance(red, green, 'no green')).toBeLessThan(plain)
})

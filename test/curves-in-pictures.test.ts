import { expect, it } from 'vitest'
import { evaluateCurves } from '../src/learn/metrics/index.ts'
import { gainPicture, rocPicture, thresholdTradeoffPicture, type Curves } from '../src/pictures/index.ts'
import { renderSvg } from '../src/pictures/server/index.ts'

it('what is measured of scores is what pictures draw', () => {
  const y = Uint8Array.from({ length: 400 }, (_, i) => Number(i % 3 === 0))
  const score = Float64Array.from(y, (label, i) => (((i * 37) % 100) / 100) * 0.7 + label * 0.3)
  const curves: Curves = evaluateCurves(y, score)
  for (const picture of [rocPicture({ curves }), gainPicture({ curves }), thresholdTradeoffPicture({ curves })]) {
    const svg = renderSvg(picture, { width: 480 })
    expect(svg).toContain('<path')
    expect(svg).not.toMatch(/NaN|undefined/)
  }
})

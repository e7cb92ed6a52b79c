import { describe, expect, it } from 'vitest'
import { curvesOf, scoredRows } from '../curves.fixture.ts'
import { palette } from '../palette.ts'
import { rocPicture } from '../roc.ts'
import { renderSvg } from './index.ts'

const picture = rocPicture({ curves: curvesOf(scoredRows(20, 60)), threshold: 0.5 })

describe('renderSvg', () => {
  it('has the size that is asked for, by default the picture’s own', () => {
    expect(renderSvg(picture, { width: 480, height: 300 })).toContain('viewBox="0 0 480 300"')
    expect(renderSvg(picture, { width: 480 })).toContain(`viewBox="0 0 480 ${picture.heightFor(480)}"`)
  })

  it('follows the reader’s system unless told otherwise', () => {
    const text = renderSvg(picture, { width: 480 })
    expect(text).toContain('@media (prefers-color-scheme: dark)')
    expect(text).toContain(`--a-chart-current: ${palette.light.chartCurrent}`)
    expect(text).toContain(`--a-chart-current: ${palette.dark.chartCurrent}`)
  })

  it.each(['light', 'dark'] as const)('in %s holds plain colours, no variable and no style sheet', (theme) => {
    const text = renderSvg(picture, { width: 480, theme })
    expect(text).not.toMatch(/var\(|<style/)
    expect(text).toContain(palette[theme].chartCurrent)
    expect(text).toContain(palette[theme].surface)
    expect(text).not.toContain(palette[theme === 'light' ? 'dark' : 'light'].muted)
  })

  it('is well-formed: each element is closed', () => {
    const open: string[] = []
    for (const [, slash, name, rest] of renderSvg(picture, { width: 480 }).matchAll(/<(\/?)([a-zA-Z]+)([^>]*)>/g)) {
      if (rest.endsWith('/')) continue
      if (slash === '/') expect(open.pop()).toBe(name)
      else open.push(name)
    }
    expect(open).toEqual([])
  })
})

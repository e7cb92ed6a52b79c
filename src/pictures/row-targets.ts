import { ownMark } from './own-mark.ts'
import { svgElement } from './svg-element.ts'

/**
 * Over each row of a frame whose y axis is one of names a surface that is not seen: it says the row's figures to who
 * points at it, and carries its name as `data-row`, by which a page knows which row was pressed.
 */
export const rowTargets = <Row extends { name: string }>(rows: Row[], words: (row: Row) => string) =>
  ownMark(({ scales: { y, scales }, width, ...canvas }) => {
    const group = svgElement(canvas, 'g', { 'aria-label': 'rows', fill: 'none', 'pointer-events': 'all' })
    const band = scales.y!.bandwidth!
    const step = scales.y!.step!
    for (const row of rows) {
      const top = y!(row.name) - (step - band) / 2
      const target = svgElement(canvas, 'rect', { x: 0, y: top, width, height: step, 'data-row': row.name })
      target.append(svgElement(canvas, 'title', {}, words(row)))
      group.append(target)
    }
    return group
  })

import { describe, expect, it } from 'vitest'
import { columnOf, layOutDag } from './dag-layout.ts'

const step = (name: string, group: string, ...needs: string[]) => ({ name, group, needs })
const steps = [
  step('commit', 'CI'),
  step('tests', 'CI', 'commit'),
  step('data_validation', 'CI', 'commit'),
  step('quick_train', 'CI', 'tests', 'data_validation'),
  step('full_train', 'CD', 'quick_train'),
  step('evaluate', 'CD', 'full_train'),
]
const at = (name: string, width = 900) => layOutDag(steps, width).steps.find((s) => s.name === name)!

describe('layOutDag', () => {
  it('puts a step to the right of all it needs', () => {
    expect(at('commit').x).toBeLessThan(at('tests').x)
    expect(at('quick_train').x).toBeGreaterThan(at('data_validation').x)
  })

  it('puts steps that run side by side one below the other', () => {
    expect(at('tests').x).toBe(at('data_validation').x)
    expect(at('data_validation').y).toBeGreaterThanOrEqual(at('tests').y + at('tests').height)
  })

  it('gives each group a lane of its own, one below the other', () => {
    const { lanes } = layOutDag(steps, 900)
    expect(lanes.map((lane) => lane.group)).toEqual(['CI', 'CD'])
    expect(lanes[1].y).toBeGreaterThan(lanes[0].y + lanes[0].height)
    expect(at('full_train').x).toBe(at('commit').x)
  })

  it.each([640, 900, 1600])('stays inside a width of %d pixels', (width) => {
    const layout = layOutDag(steps, width)
    for (const box of layout.steps) {
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThanOrEqual(layout.height)
    }
  })

  it('draws an edge for each need and knows which lead to another lane', () => {
    const { edges } = layOutDag(steps, 900)
    expect(edges).toHaveLength(6)
    expect(edges.filter((edge) => edge.isBetweenLanes)).toEqual([
      { from: 'quick_train', to: 'full_train', isBetweenLanes: true },
    ])
  })

  it('leaves out an edge that others imply', () => {
    const withData = [...steps.slice(0, 5), step('evaluate', 'CD', 'data_validation', 'full_train')]
    expect(
      layOutDag(withData, 900)
        .edges.filter((edge) => edge.to === 'evaluate')
        .map((edge) => edge.from),
    ).toEqual(['full_train'])
  })

  it('does not mind a need that is not among the steps', () => {
    expect(layOutDag([step('a', 'CI', 'gone')], 500).edges).toEqual([])
  })

  it('is empty for no steps', () => {
    expect(layOutDag([], 500)).toMatchObject({ steps: [], lanes: [], height: 0 })
  })
})

it('counts columns inside the group only', () => {
  expect(columnOf(steps[4], steps)).toBe(0)
  expect(columnOf(steps[3], steps)).toBe(2)
})

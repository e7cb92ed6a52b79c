import { describe, expect, it } from 'vitest'
import { columnOf, layOutDag } from './dag-layout.ts'

const step = (name: string, group: string, ...needs: string[]) => ({
  name,
  group,
  needs,
  branches: [] as { name: string }[],
})
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

  describe('of a step with branches', () => {
    const branches = ['a', 'b', 'c'].map((name) => ({ name }))
    const branched = steps.map((one) => (one.name === 'full_train' ? { ...one, branches } : one))
    const layout = layOutDag(branched, 900)
    const box = (name: string) => [...layout.steps, ...layout.branches].find((one) => one.name === name)!

    it('has them one below the other in the column before it', () => {
      expect(layout.branches.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
      expect(new Set(layout.branches.map(({ x }) => x))).toEqual(new Set([box('commit').x]))
      for (const [above, below] of [
        ['a', 'b'],
        ['b', 'c'],
      ])
        // prettier-ignore
        expect(box(below).y).toBeGreaterThanOrEqual(box(above).y + box(above).height)
      expect(box('full_train').x).toBe(box('tests').x)
      expect(box('evaluate').x).toBeGreaterThan(box('full_train').x)
    })

    it('stands in the middle of them, as do the steps after it', () => {
      const middle = (name: string) => box(name).y + box(name).height / 2
      expect(middle('full_train')).toBe(middle('b'))
      expect(middle('evaluate')).toBe(middle('b'))
    })

    it('is held together with them by a frame inside its lane', () => {
      const [frame] = layout.frames
      const lane = layout.lanes.find(({ group }) => group === 'CD')!
      expect(frame.name).toBe('full_train')
      for (const inside of [box('full_train'), ...layout.branches]) {
        expect(inside.x).toBeGreaterThan(frame.x)
        expect(inside.x + inside.width).toBeLessThan(frame.x + frame.width)
        expect(inside.y).toBeGreaterThan(frame.y)
        expect(inside.y + inside.height).toBeLessThan(frame.y + frame.height)
      }
      expect(frame.x + frame.width).toBeLessThan(box('evaluate').x)
      expect(frame.y).toBeGreaterThan(lane.y)
      expect(frame.y + frame.height).toBeLessThan(lane.y + lane.height)
    })

    it('is still one of the steps', () => {
      expect(layout.steps).toHaveLength(steps.length)
      expect(layout.edges.filter(({ to }) => to === 'full_train')).toHaveLength(1)
    })
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

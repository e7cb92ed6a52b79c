import { expect, it } from 'vitest'
import { mergeEvents, staleKeys } from './live-events.ts'
import type { AssayEvent } from './types.ts'

const event = (position: number): AssayEvent => ({
  position,
  at: '2026-03-01T10:00:00Z',
  type: 'run.started',
  actor: 'ada',
  object: 'run:1',
  data: {},
})

it('shows the newest event first and each once', () => {
  const merged = mergeEvents([event(2), event(1)], [event(2), event(3)])
  expect(merged.map((e) => e.position)).toEqual([3, 2, 1])
})

it('keeps no more than asked', () => {
  expect(mergeEvents([event(1)], [event(2), event(3)], 2).map((e) => e.position)).toEqual([3, 2])
})

it('refreshes what an event concerns, and the overview for one it does not know', () => {
  expect(staleKeys('model.promoted')).toContainEqual(['models'])
  expect(staleKeys('weather.changed')).toEqual([['overview']])
})

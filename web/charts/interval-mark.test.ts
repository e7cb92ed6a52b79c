import { expect, it } from 'vitest'
import { domainOf, scaleTo } from './interval-mark.tsx'

const interval = (lower: number, upper: number) => ({ estimate: (lower + upper) / 2, lower, upper, level: 0.95 })

it('gives one scale to several intervals and a reference', () => {
  const [from, to] = domainOf([interval(0.8, 0.9), interval(0.7, 0.85)], [1])
  expect(from).toBeCloseTo(0.685, 12)
  expect(to).toBeCloseTo(1.015, 12)
})

it('gives room to a single point and a default to nothing', () => {
  expect(domainOf([interval(0.5, 0.5)])).toEqual([0.45, 0.55])
  expect(domainOf([])).toEqual([0, 1])
})

it('passes over ends that are not known', () => {
  expect(domainOf([{ estimate: 0.5, lower: null, upper: null, level: 0.95 }])).toEqual([0.45, 0.55])
})

it('maps a range onto pixels', () => {
  expect([2, 3, 4].map(scaleTo([2, 4], 100))).toEqual([0, 50, 100])
})

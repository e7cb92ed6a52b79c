import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countLatency, latencyQuantile, N_LATENCY_BUCKETS } from './latency-histogram.ts'

const histogramOf = (latencies: number[]) => {
  const counts = new Float64Array(N_LATENCY_BUCKETS)
  for (const ms of latencies) countLatency(counts, ms)
  return counts
}
const latency = fc.double({ min: 0.011, max: 9_000, noNaN: true })

test('quantiles are within 4.5 % of those of the latencies themselves', () => {
  fc.assert(
    fc.property(fc.array(latency, { minLength: 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (latencies, p) => {
      const sorted = [...latencies].sort((a, b) => a - b)
      const exact = sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]
      expect(latencyQuantile(histogramOf(latencies), p)! / exact).toBeGreaterThan(0.955)
      expect(latencyQuantile(histogramOf(latencies), p)! / exact).toBeLessThan(1.045)
    }),
  )
})

test('histograms are merged by adding them up', () => {
  fc.assert(
    fc.property(fc.array(latency), fc.array(latency), (a, b) => {
      const sum = histogramOf(a).map((n, bucket) => n + histogramOf(b)[bucket])
      expect(sum).toEqual(histogramOf([...a, ...b]))
    }),
  )
})

test('there is no quantile of nothing, and no latency falls outside', () => {
  expect(latencyQuantile(histogramOf([]), 0.5)).toBeNull()
  expect(histogramOf([0, 1e9]).reduce((sum, n) => sum + n)).toBe(2)
})

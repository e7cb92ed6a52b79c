import { expect, it } from 'vitest'
import { findMetric, isLoss, metricTitle, sortedMetricNames } from './metrics.ts'

const interval = { estimate: 0.9, lower: 0.88, upper: 0.92, level: 0.95 }

it('finds a metric under any name the server uses for it', () => {
  expect(findMetric({ rocAuc: interval }, 'auc')).toBe(interval)
  expect(findMetric({ roc_auc: interval }, 'auc')).toBe(interval)
  expect(findMetric({}, 'auc')).toBeUndefined()
})

it('puts the usual metrics first and keeps the name of an unknown one', () => {
  expect(sortedMetricNames(['zeta', 'logLoss', 'alpha', 'rocAuc'])).toEqual(['rocAuc', 'logLoss', 'alpha', 'zeta'])
  expect(metricTitle('logLoss')).toBe('Log-loss')
  expect(metricTitle('zeta')).toBe('zeta')
})

it('knows for which metrics less is better', () => {
  expect([isLoss('logLoss'), isLoss('rocAuc'), isLoss('zeta')]).toEqual([true, false, false])
})

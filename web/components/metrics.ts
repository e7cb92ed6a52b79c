import type { Interval } from '../api/types.ts'

/** The metrics that pages put first, in this order, under the names the server may use for them. */
const known = [
  { key: 'auc', title: 'AUC', names: ['auc', 'rocAuc', 'roc_auc'], isLoss: false },
  { key: 'f1', title: 'F1', names: ['f1', 'f1_score'], isLoss: false },
  { key: 'accuracy', title: 'Accuracy', names: ['accuracy'], isLoss: false },
  { key: 'logLoss', title: 'Log-loss', names: ['logLoss', 'log_loss'], isLoss: true },
  { key: 'prAuc', title: 'PR-AUC', names: ['prAuc', 'pr_auc'], isLoss: false },
  { key: 'precision', title: 'Precision', names: ['precision'], isLoss: false },
  { key: 'recall', title: 'Recall', names: ['recall'], isLoss: false },
  { key: 'brier', title: 'Brier loss', names: ['brier', 'brierLoss', 'brier_loss'], isLoss: true },
] as const

export type MetricKey = (typeof known)[number]['key']

const order = (name: string) => {
  const at = known.findIndex((metric) => (metric.names as readonly string[]).includes(name))
  return at === -1 ? known.length : at
}

export const metricTitle = (name: string) => known[order(name)]?.title ?? name

/** Whether less is better, as for log-loss. */
export const isLoss = (name: string) => known[order(name)]?.isLoss ?? false

export const findMetric = (metrics: Record<string, Interval>, key: MetricKey): Interval | undefined => {
  const names = known.find((metric) => metric.key === key)!.names
  return names.map((name) => metrics[name]).find((interval) => interval !== undefined)
}

/** Metric names, the usual ones first, the others by name. */
export const sortedMetricNames = (names: string[]) =>
  names.toSorted((a, b) => order(a) - order(b) || a.localeCompare(b))

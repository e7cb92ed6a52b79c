import { trainModel, trainMulticlass, trainRegression, type AnyModel } from '../../src/learn/index.ts'
import type { FuzzCase } from './fuzz-case.ts'

/** A training that takes longer than this hangs. */
const PATIENCE_MS = 120_000

/** Trains a case, with other options in place of its own where they are given. */
export function train({ task, algorithm, data, options }: FuzzCase, more: object = {}): Promise<AnyModel> {
  const { table, y, weights, classes = [] } = data
  const input = { table, ...(weights ? { weights } : {}), target: 'y', options: { ...options, ...more } }
  const hooks = { signal: AbortSignal.timeout(PATIENCE_MS) }
  if (task === 'regression') return trainRegression({ ...input, y, algorithm }, hooks)
  if (task === 'multiclass') return trainMulticlass({ ...input, y: Int32Array.from(y), classes, algorithm }, hooks)
  return trainModel({ ...input, y: Uint8Array.from(y), positive: '1', algorithm }, hooks)
}

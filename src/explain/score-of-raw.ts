import { calibrate, CalibratedModel, type Model } from '../learn/index.ts'
import type { Explanation } from './explanation.ts'

/** The score in [0, 1] that a model gives to a row with this raw score: what an explanation adds up to, as the caller knows it. */
export function scoreOfRaw(model: Model, unit: Explanation['unit'], raw: number): number {
  if (model instanceof CalibratedModel) return calibrate(model.calibration, scoreOfRaw(model.inner, unit, raw))
  if (unit === 'probability') return raw
  const e = Math.exp(-Math.abs(raw))
  return raw >= 0 ? 1 / (1 + e) : e / (1 + e)
}

import { calibrate, CalibratedModel, type AnyModel, type RawUnit } from '../learn/index.ts'

/**
 * The score that a model gives to a row with this raw score: what an explanation adds up to, as the caller knows it. Of two classes it
 * lies in [0, 1]; a number foretold is in the unit of the target. NaN for a score before the softmax, which needs those of all classes.
 */
export function scoreOfRaw(model: AnyModel, unit: RawUnit, raw: number): number {
  if (model instanceof CalibratedModel) return calibrate(model.calibration, scoreOfRaw(model.inner, unit, raw))
  if (unit === 'probability' || unit === 'target') return raw
  if (unit === 'logTarget') return Math.exp(raw)
  if (unit === 'softmaxScore') return NaN
  const e = Math.exp(-Math.abs(raw))
  return raw >= 0 ? 1 / (1 + e) : e / (1 + e)
}

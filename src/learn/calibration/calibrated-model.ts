import type { Model, Signature } from '../model/model.ts'
import type { Table } from '../table.ts'
import { calibrate, type Calibration } from './calibration.ts'

/** Any model with its scores calibrated. It goes by the name of that model's algorithm; `describe()` tells the calibration. */
export class CalibratedModel implements Model {
  readonly algorithm: string
  readonly signature: Signature
  readonly inner: Model
  readonly calibration: Calibration

  constructor(inner: Model, calibration: Calibration) {
    this.algorithm = inner.algorithm
    this.signature = inner.signature
    this.inner = inner
    this.calibration = calibration
  }

  predict(table: Table): Float64Array {
    return this.inner.predict(table).map((score) => calibrate(this.calibration, score))
  }

  predictRow(row: Readonly<Record<string, unknown>>): number {
    return calibrate(this.calibration, this.inner.predictRow(row))
  }

  describe(): object {
    return { ...this.inner.describe(), calibration: described(this.calibration) }
  }
}

function described(calibration: Calibration): object {
  if (calibration.kind === 'platt') return calibration
  return { kind: calibration.kind, nKnots: calibration.score.length }
}

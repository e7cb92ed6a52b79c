import { modelBytesInvalid, type EncodedModel, type ModelCodec, type ModelHeader } from '../model/codec.ts'
import type { AnyModel } from '../model/any-model.ts'
import type { Model } from '../model/model.ts'
import { CalibratedModel } from './calibrated-model.ts'
import type { Calibration } from './calibration.ts'

/*
 * The body of a calibrated model:
 *
 *   score, value   float64, as many of each as the header has knots (isotonic alone)
 *   model          the whole bytes of the model inside, with an envelope of its own
 */
type Header = ModelHeader & {
  calibration: { kind: 'platt'; slope: number; intercept: number; nRows: number } | { kind: 'isotonic'; nKnots: number }
}

/** How the model inside is written and read. */
type ModelFormat = { serialise(model: Model): Uint8Array; load(bytes: Uint8Array): Model }

export function createCalibratedCodec({ serialise, load }: ModelFormat): ModelCodec<CalibratedModel> {
  return {
    algorithm: 'calibrated',
    accepts: (model: AnyModel): model is CalibratedModel => model instanceof CalibratedModel,

    encode({ calibration, inner }): EncodedModel {
      const model = serialise(inner)
      if (calibration.kind === 'platt') return { header: headerOf(calibration), parts: [model] }
      const { score, value } = calibration
      return { header: headerOf({ kind: 'isotonic', nKnots: score.length }), parts: [score, value, model] }
    },

    decode(header, body) {
      const { calibration } = header as Header
      const innerAt = calibration.kind === 'isotonic' ? 16 * calibration.nKnots : 0
      if (!(innerAt <= body.length)) {
        throw modelBytesInvalid(`${body.length} bytes after the header`, `at least ${innerAt}`)
      }
      return new CalibratedModel(load(body.subarray(innerAt)), calibrationOf(calibration, body))
    },
  }
}

function headerOf(calibration: Header['calibration']): Header {
  return { algorithm: 'calibrated', calibration }
}

function calibrationOf(header: Header['calibration'], body: Uint8Array<ArrayBuffer>): Calibration {
  if (header.kind === 'platt') {
    const { kind, slope, intercept, nRows } = header
    if (!(slope > 0 && Number.isFinite(slope) && Number.isFinite(intercept) && nRows > 0)) {
      throw modelBytesInvalid(`the slope ${slope} and intercept ${intercept}`, 'finite numbers, the slope above 0')
    }
    return { kind, slope, intercept, nRows }
  }
  const score = new Float64Array(body.buffer, 0, header.nKnots)
  const value = new Float64Array(body.buffer, 8 * header.nKnots, header.nKnots)
  const isRising = score.every((at, k) => k === 0 || (at > score[k - 1] && value[k] >= value[k - 1]))
  if (score.length === 0 || !isRising || !(value[0] >= 0) || !(value[value.length - 1] <= 1)) {
    throw modelBytesInvalid('a calibration that does not rise from 0 to 1', 'ascending knots')
  }
  return { kind: 'isotonic', score, value }
}

import { Type, type Static } from 'typebox'

export const driftKinds = ['price inflation', 'case mix', 'denial rate', 'rule change', 'many features'] as const

/** A change of the claims from a certain claim on: covariate (prices, case mix), prior (denial rate) or concept (rule change). */
export const DriftSetting = Type.Object(
  {
    kind: Type.Enum([...driftKinds]),
    strength: Type.Number({ minimum: 0, maximum: 3, default: 1, description: '0 is none, 1 is clearly visible' }),
    startIndex: Type.Number({ minimum: 0, default: 0, description: 'number of the first claim that is touched' }),
    rampClaims: Type.Number({ minimum: 0, default: 0, description: 'claims until full strength; 0 is sudden' }),
  },
  { additionalProperties: false },
)
export type DriftSetting = Static<typeof DriftSetting>

/** How strong each kind of drift is at a claim. */
export type DriftAt = { price: number; caseMix: number; denial: number; rule: number }

export function driftAt(drift: DriftSetting | undefined, index: number): DriftAt {
  if (!drift || index < drift.startIndex) return { price: 0, caseMix: 0, denial: 0, rule: 0 }
  const ramp = drift.rampClaims === 0 ? 1 : Math.min(1, (index - drift.startIndex) / drift.rampClaims)
  const strength = drift.strength * ramp
  const isMany = drift.kind === 'many features'
  return {
    price: drift.kind === 'price inflation' || isMany ? strength : 0,
    caseMix: drift.kind === 'case mix' || isMany ? strength : 0,
    denial: drift.kind === 'denial rate' ? strength : 0,
    rule: drift.kind === 'rule change' ? strength : 0,
  }
}

import type { DriftKind, DriftSetting } from '../../api/types.ts'

/** What can be injected into the stream, each with what it does to the claims. */
export const driftChoices: { kind: DriftKind; effect: string }[] = [
  { kind: 'price inflation', effect: 'amounts rise' },
  { kind: 'case mix', effect: 'other kinds of claims' },
  { kind: 'denial rate', effect: 'more denials' },
  { kind: 'rule change', effect: 'same claims, other outcomes' },
  { kind: 'many features', effect: 'amounts and kinds' },
]

/** The setting of a chosen kind: sudden, clearly visible, from the next claim on; none for the empty choice. */
export function driftOf(kind: string): DriftSetting | null {
  const choice = driftChoices.find((known) => known.kind === kind)
  return choice === undefined ? null : { kind: choice.kind, strength: 1, startIndex: 0, rampClaims: 0 }
}

export const slowest = 1
export const fastest = 5_000

/** Whole claims per second between the slowest and the fastest the server takes. */
export const clampRate = (rate: number) =>
  Number.isFinite(rate) ? Math.min(Math.max(Math.round(rate), slowest), fastest) : slowest

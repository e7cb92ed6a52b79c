import type { Feature, FeatureValue } from './contribution.ts'
import { labelOf } from './contribution.ts'
import { valueText } from './feature-value.ts'

/** What the model read of a feature, and what that added to the raw score. */
export type WaterfallContribution = Pick<Feature, 'name' | 'label' | 'format'> & {
  value: FeatureValue
  contribution: number
}

/** A row of a waterfall: a way from one score to the next, or one of its two ends. */
export type Step = { kind: 'end' | 'contribution'; label: string; value?: string; from: number; to: number }

type Input = { baseValue: number; raw: number; contributions: WaterfallContribution[] }

/**
 * From the base value to the raw score: the largest contributions first, whichever way they go, and those beyond `most`
 * as one. A single one that is left has a row of its own too, since it would take one anyway.
 */
export function stepsOf({ baseValue, raw, contributions }: Input, most: number): Step[] {
  const sorted = contributions.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
  const nOwn = sorted.length <= most + 1 ? sorted.length : most
  const steps: Step[] = [{ kind: 'end', label: 'base value', from: baseValue, to: baseValue }]
  let at = baseValue
  const go = (label: string, contribution: number, value?: string) => {
    steps.push({ kind: 'contribution', label, value, from: at, to: at + contribution })
    at += contribution
  }
  for (const one of sorted.slice(0, nOwn)) go(labelOf(one), one.contribution, valueText(one.value, one))
  const rest = sorted.slice(nOwn)
  if (rest.length > 0) {
    const together = rest.reduce((sum, { contribution }) => sum + contribution, 0)
    go(`${rest.length} other features`, together)
  }
  return [...steps, { kind: 'end', label: 'raw score', from: raw, to: raw }]
}

import { numberText, scoreText, shareText } from '../words.ts'

/**
 * What contributions add up to: the raw score of a model, before it is calibrated; of a number foretold, that number in the unit of the
 * target, or its logarithm; of one of several classes its probability, or its score before the softmax.
 */
export type ContributionUnit = 'logOdds' | 'probability' | 'target' | 'logTarget' | 'softmaxScore'

/** What a model reads, and how it is called on a picture: by its name, if no label is given. */
export type Feature = { name: string; label?: string; kind: 'number' | 'category'; format?: 'date' }

/** What a model read: null where nothing was there. Dates are days since 1970-01-01 UTC. */
export type FeatureValue = number | string | boolean | null

/** Rows of a feature: what the model read, and what that added to the row's raw score. */
export type ContributionRows = { values: FeatureValue[]; contributions: number[] }

type UnitWords = {
  name: string
  /** As an axis has it. */
  axis: string
  /** The same where there is little room. */
  short: string
  /** Of raw scores. */
  raw: string
  /** Written behind a figure. */
  suffix: string
  /** Absent where figures may be of any size: then four significant digits. */
  decimals?: number
  /** From the unit of the data to that of axes and words. */
  factor: number
}

export const unitWords: Record<ContributionUnit, UnitWords> = {
  logOdds: {
    name: 'log-odds',
    axis: 'log-odds',
    short: 'log-odds',
    raw: 'log-odds',
    suffix: '',
    decimals: 3,
    factor: 1,
  },
  probability: {
    name: 'probability',
    axis: 'percentage points of probability, pp',
    short: 'pp of probability',
    raw: '%',
    suffix: ' pp',
    decimals: 2,
    factor: 100,
  },
  target: {
    name: 'unit of the target',
    axis: 'unit of the target',
    short: 'target',
    raw: 'unit of the target',
    suffix: '',
    factor: 1,
  },
  logTarget: {
    name: 'logarithm of the target',
    axis: 'logarithm of the target',
    short: 'log of target',
    raw: 'logarithm of the target',
    suffix: '',
    decimals: 3,
    factor: 1,
  },
  softmaxScore: {
    name: 'score before the softmax',
    axis: 'score of the class before the softmax',
    short: 'class score',
    raw: 'before the softmax',
    suffix: '',
    decimals: 3,
    factor: 1,
  },
}

/** A contribution with its sign, to as many decimals as its fellows: `+0.421` log-odds, `−3.20 pp` of probability. */
export function contributionText(contribution: number, unit: ContributionUnit): string {
  const size = sizeText(contribution, unit)
  return Number.parseFloat(size) === 0 ? size : `${contribution < 0 ? '−' : '+'}${size}`
}

/** How large a contribution is, whichever way it goes. */
export function sizeText(contribution: number, unit: ContributionUnit): string {
  const { factor, decimals, suffix } = unitWords[unit]
  const size = Math.abs(contribution * factor)
  return `${decimals === undefined ? numberText(size) : size.toFixed(decimals)}${suffix}`
}

/** A raw score or a base value: −1.204 log-odds, 12.3 %, 1,350 of the target. */
export function rawText(raw: number, unit: ContributionUnit): string {
  if (unit === 'probability') return shareText(raw)
  return unit === 'target' ? numberText(raw) : scoreText(raw).replace('-', '−')
}

export const labelOf = ({ name, label = name }: Pick<Feature, 'name' | 'label'>) => label

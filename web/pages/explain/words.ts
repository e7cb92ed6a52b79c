import { valueText, type ContributionUnit } from '../../../src/pictures/index.ts'
import type { GlobalExplanation, PredictionExplanation } from '../../api/types.ts'
import { formatCountOf, formatName, formatNumber, formatScore, formatShare } from '../../components/format.ts'

const methods: Record<GlobalExplanation['method'], string> = {
  'tree-path-dependent': 'exact contributions by TreeSHAP along the paths of the trees',
  'tree-interventional': 'exact contributions by TreeSHAP against a background of rows',
  linear: 'exact contributions of a linear model',
}

/** How contributions were found. */
export const methodWords = (method: GlobalExplanation['method']) => methods[method]

const logistic = (logOdds: number) => 1 / (1 + Math.exp(-logOdds))

/** A raw score with the probability it stands for: `−1.204 log-odds (23.1 %)`, `23.1 %`. */
export const rawWords = (raw: number, unit: ContributionUnit) =>
  unit === 'probability'
    ? formatShare(raw)
    : `${formatScore(raw).replace('-', '−')} log-odds (${formatShare(logistic(raw))})`

/** A score that differs by more than this from the raw score's probability has been calibrated. */
const visible = 0.0005
const mostFeatures = 6

/**
 * A prediction's explanation in sentences: where the model starts, what the largest contributions did, what the others
 * did together, and where that leads. Contributions of nothing are passed over.
 */
export function explanationSentences(explanation: PredictionExplanation): string[] {
  const { unit, baseValue, raw, score, contributions } = explanation
  const effective = contributions.filter(({ contribution }) => contribution !== 0)
  const named = effective.slice(0, effective.length === mostFeatures + 1 ? mostFeatures + 1 : mostFeatures)
  const rest = effective.slice(named.length)
  const probability = unit === 'probability' ? raw : logistic(raw)
  const isCalibrated = Math.abs(probability - score) > visible
  return [
    `Before it looks at anything, the model is at ${rawWords(baseValue, unit)}.`,
    ...named.map(
      ({ feature, value, contribution }) =>
        `${capitalised(formatName(feature))} = ${valueText(value, {})} ${effectWords(contribution, unit)}.`,
    ),
    ...(rest.length === 0
      ? []
      : [
          `The other ${formatCountOf(rest.length, 'feature')} together ${effectWords(
            rest.reduce((sum, { contribution }) => sum + contribution, 0),
            unit,
          )}.`,
        ]),
    `That makes ${rawWords(raw, unit)}${isCalibrated ? '; calibrated, it became' : ', answered as'} the score ${formatScore(score)}.`,
  ]
}

/** `raised the log-odds by 0.42, the odds times 1.52`, `lowered the probability by 3.1 percentage points` */
function effectWords(contribution: number, unit: ContributionUnit): string {
  const verb = contribution < 0 ? 'lowered' : 'raised'
  const size = Math.abs(contribution)
  return unit === 'probability'
    ? `${verb} the probability by ${formatNumber(size * 100)} percentage points`
    : `${verb} the log-odds by ${formatNumber(size)}: the odds times ${formatNumber(Math.exp(contribution))}`
}

const capitalised = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

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

/**
 * A raw score with what it stands for: `−1.204 log-odds (23.1 %)`, `23.1 %`, `1,350`, `7.208 as logarithm of the target (1,350)`,
 * `0.310 before the softmax`.
 */
export function rawWords(raw: number, unit: ContributionUnit): string {
  const score = formatScore(raw).replace('-', '−')
  switch (unit) {
    case 'probability':
      return formatShare(raw)
    case 'logOdds':
      return `${score} log-odds (${formatShare(logistic(raw))})`
    case 'target':
      return formatNumber(raw)
    case 'logTarget':
      return `${score} as logarithm of the target (${formatNumber(Math.exp(raw))})`
    case 'softmaxScore':
      return `${score} before the softmax`
  }
}

/** What a column of contributions is headed by. */
export const unitTitles: Record<ContributionUnit, string> = {
  logOdds: 'Log-odds',
  probability: 'Probability (pp)',
  target: 'Unit of the target',
  logTarget: 'Logarithm of the target',
  softmaxScore: 'Score before the softmax',
}

/** What a column of their mean sizes is headed by; where figures name their unit themselves, it does not. */
export const meanSizeTitle = (unit: ContributionUnit) =>
  unit === 'probability' ? 'Mean size' : `Mean size (${unitTitles[unit].toLowerCase()})`

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
  const isNumber = unit === 'target' || unit === 'logTarget'
  const probability = unit === 'probability' ? raw : unit === 'logOdds' ? logistic(raw) : score
  const isCalibrated = !isNumber && Math.abs(probability - score) > visible
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
    `That makes ${rawWords(raw, unit)}${isCalibrated ? '; calibrated, it became' : ', answered as'} ${isNumber ? formatNumber(score) : `the score ${formatScore(score)}`}.`,
  ]
}

/** `raised the log-odds by 0.42: the odds times 1.52`, `lowered the probability by 3.1 percentage points` */
function effectWords(contribution: number, unit: ContributionUnit): string {
  const verb = contribution < 0 ? 'lowered' : 'raised'
  const size = Math.abs(contribution)
  const times = formatNumber(Math.exp(contribution))
  switch (unit) {
    case 'probability':
      return `${verb} the probability by ${formatNumber(size * 100)} percentage points`
    case 'logOdds':
      return `${verb} the log-odds by ${formatNumber(size)}: the odds times ${times}`
    case 'target':
      return `${verb} what is foretold by ${formatNumber(size)}`
    case 'logTarget':
      return `${verb} the logarithm of the target by ${formatNumber(size)}: the target times ${times}`
    case 'softmaxScore':
      return `${verb} the score of the class by ${formatNumber(size)}: its odds against any other times ${times}`
  }
}

const capitalised = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`

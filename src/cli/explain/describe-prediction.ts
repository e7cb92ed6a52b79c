import { contributionText, valueText } from '../../pictures/index.ts'
import type { PredictionExplanation, PredictionExplanationAnswer } from '../../workflows/index.ts'
import { formatTable } from '../output.ts'
import { rawText } from './describe-model.ts'
import { signedBar } from './text-bar.ts'

const BAR_WIDTH = 15

/** What led to a score, the largest contributions first and those beyond `top` together. */
export function describePrediction(answer: PredictionExplanationAnswer, top: number): string {
  const { predictionId, model, version, score } = answer
  const head = `Prediction ${predictionId}: ${model} ${version} answered ${score.toFixed(4)}`
  if (answer.erased) return `${head}\nIts subject was erased, and the input with it: nothing is left to explain from.`
  return [
    head,
    '',
    formatTable([['feature', 'value', 'contribution', ''], ...contributionRows(answer, top), rawRow(answer)]),
  ].join('\n')
}

function contributionRows({ unit, baseValue, contributions }: PredictionExplanation, top: number): string[][] {
  const largest = Math.abs(contributions[0]?.contribution ?? 0)
  const figures = (contribution: number) => [
    contributionText(contribution, unit),
    signedBar(largest > 0 ? contribution / largest : 0, BAR_WIDTH),
  ]
  const rest = contributions.slice(top)
  const together = rest.reduce((sum, { contribution }) => sum + contribution, 0)
  return [
    ['base value', '', rawText(baseValue, unit), ''],
    ...contributions.slice(0, top).map(({ feature, value, contribution }) => {
      return [feature, valueText(value, {}), ...figures(contribution)]
    }),
    ...(rest.length > 0 ? [[`${rest.length} other features`, '', ...figures(together)]] : []),
  ]
}

const rawRow = ({ unit, raw }: PredictionExplanation) => ['raw score', '', rawText(raw, unit), '']

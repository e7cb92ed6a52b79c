import { contributionText, sizeText, type ContributionUnit } from '../../pictures/index.ts'
import type { GlobalExplanation } from '../../workflows/index.ts'
import { formatTable } from '../output.ts'
import { textBar } from './text-bar.ts'

const BAR_WIDTH = 20

const methods: Record<GlobalExplanation['method'], string> = {
  'tree-path-dependent': 'exact contributions by TreeSHAP, along the paths of the trees',
  'tree-interventional': 'exact contributions by TreeSHAP, against background rows',
  linear: 'exact contributions of a linear model, against rows of the training set',
}

/** What moves a version's raw score, the most important features first. */
export function describeModel(explanation: GlobalExplanation, top: number): string {
  const { model, version, unit, baseValue, nRows, method, features, importance } = explanation
  const shown = features.slice(0, top)
  const largest = features[0]?.meanAbs ?? 0
  const losses = new Map(importance.map((row) => [row.feature, row.mean]))
  const rows = shown.map(({ name, meanAbs, lower, upper }) => [
    name,
    sizeText(meanAbs, unit),
    `${sizeText(lower, unit)} to ${sizeText(upper, unit)}`,
    losses.get(name)?.toFixed(4) ?? '-',
    textBar(largest > 0 ? meanAbs / largest : 0, BAR_WIDTH),
  ])
  return [
    `${model} ${version}: how it decides, over ${nRows} rows of the hold-out`,
    `${methods[method]}; base value ${rawText(baseValue, unit)}`,
    '',
    formatTable([['feature', 'mean |contribution|', '95 % interval', 'loss of AUC without', ''], ...rows]),
    ...(shown.length < features.length ? [`and ${features.length - shown.length} more; --top N shows them`] : []),
  ].join('\n')
}

const units: Record<Exclude<ContributionUnit, 'probability'>, string> = {
  logOdds: 'log-odds',
  target: 'in the unit of the target',
  logTarget: 'as logarithm of the target',
  softmaxScore: 'before the softmax',
}

/** Raw scores and base values with their unit. */
export const rawText = (raw: number, unit: ContributionUnit) =>
  unit === 'probability' ? `${(100 * raw).toFixed(2)} %` : `${contributionText(raw, unit)} ${units[unit]}`

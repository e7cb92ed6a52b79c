import { algorithmChoices } from './algorithm-settings.ts'
import type { Monotone } from './monotone.ts'

/** What a person sets for a training. */
export type TrainingForm = {
  model: string
  target: string
  /** empty: left to the server, which takes the rarer of the two values or says that it cannot tell */
  positive: string
  algorithms: string[]
  /** by algorithm and setting, where it differs from the default */
  options: Record<string, Record<string, number>>
  /** of the algorithms that can be told which way the score may go */
  monotone: Monotone
  split: 'random' | 'time'
  /** column whose rows must not be torn apart; empty for none */
  group: string
  /** column that says when a row arose; empty for none */
  time: string
  nFolds: number
  /** share of the rows, 0 to 1 */
  testShare: number
  selectBy: 'rocAuc' | 'prAuc' | 'logLoss'
  calibration: 'none' | 'platt' | 'isotonic'
  protectedColumns: string[]
  /** columns that the model must not see */
  drop: string[]
  /** in one unit; null when costs are not known */
  costs: { falsePositive: number; falseNegative: number } | null
  seed: number
}

export const usualForm: TrainingForm = {
  model: '',
  target: '',
  positive: '',
  algorithms: algorithmChoices.map(({ name }) => name),
  options: {},
  monotone: {},
  split: 'random',
  group: '',
  time: '',
  nFolds: 5,
  testShare: 0.2,
  selectBy: 'rocAuc',
  calibration: 'none',
  protectedColumns: [],
  drop: [],
  costs: null,
  seed: 42,
}

export type StartTraining = {
  data: { kind: 'dataset'; id: string }
  target: string
  configOverrides: Record<string, unknown>
}

/** The start of a run as the server takes it: what is as usual is left out, so that the project's defaults hold. */
export function trainingRequest(datasetId: string, form: TrainingForm): StartTraining {
  const { model, positive, group, time, protectedColumns, drop, costs } = form
  const changed = <Key extends keyof TrainingForm>(key: Key) =>
    form[key] === usualForm[key] ? {} : { [key]: form[key] }
  const options = Object.fromEntries(
    form.algorithms.flatMap((name) => {
      const given = optionsOf(form, name)
      return Object.keys(given).length === 0 ? [] : [[name, given]]
    }),
  )
  return {
    data: { kind: 'dataset', id: datasetId },
    target: form.target,
    configOverrides: {
      name: model,
      model,
      ...(positive === '' ? {} : { positive }),
      ...(group === '' ? {} : { group }),
      ...(time === '' ? {} : { time }),
      ...(protectedColumns.length === 0 ? {} : { protected: protectedColumns }),
      ...(drop.length === 0 ? {} : { drop }),
      training: {
        algorithms: form.algorithms,
        ...(Object.keys(options).length === 0 ? {} : { options }),
        ...changed('split'),
        ...changed('nFolds'),
        ...changed('testShare'),
        ...changed('selectBy'),
        ...changed('calibration'),
        ...changed('seed'),
      },
      ...(costs === null ? {} : { decision: { threshold: 'lowest-cost', costs } }),
    },
  }
}

/** What an algorithm is told other than its defaults. */
function optionsOf({ options, monotone }: TrainingForm, algorithm: string): Record<string, unknown> {
  const set = Object.entries(options[algorithm] ?? {}).filter(([key, value]) => value !== defaultOf(algorithm, key))
  const isMonotone = Object.keys(monotone).length > 0 && takesMonotone(algorithm)
  return { ...Object.fromEntries(set), ...(isMonotone ? { monotone } : {}) }
}

const choiceOf = (algorithm: string) => algorithmChoices.find(({ name }) => name === algorithm)

const takesMonotone = (algorithm: string) => choiceOf(algorithm)?.takesMonotone === true

const defaultOf = (algorithm: string, key: string) =>
  choiceOf(algorithm)?.settings.find((setting) => setting.key === key)?.default

/** What keeps a training from being started, one text each. */
export function formFaults(form: TrainingForm): string[] {
  const { model, target, algorithms, split, time, costs, drop, protectedColumns } = form
  const directed = algorithms.some(takesMonotone) ? Object.keys(form.monotone) : []
  const unseen = directed.filter((name) => name === target || name === time || drop.includes(name))
  return [
    ...(target === '' ? ['Choose the column to predict.'] : []),
    ...(/^[a-zA-Z0-9_-]{1,50}$/.test(model) ? [] : ['Name the model with letters, digits, - and _, at most 50.']),
    ...(algorithms.length === 0 ? ['Choose at least one algorithm.'] : []),
    ...(split === 'time' && time === '' ? ['A split by time needs the column that says when a row arose.'] : []),
    ...(target !== '' && drop.includes(target) ? [`${target} is to be predicted and cannot be left out.`] : []),
    ...(target !== '' && protectedColumns.includes(target)
      ? [`${target} is to be predicted and cannot be protected.`]
      : []),
    ...(unseen.length === 0
      ? []
      : [
          `The model does not learn from ${unseen.join(', ')}: take it out of what the score never falls or rises with.`,
        ]),
    ...(costs !== null && costs.falsePositive + costs.falseNegative <= 0
      ? ['At least one wrong decision has to cost something.']
      : []),
  ]
}
